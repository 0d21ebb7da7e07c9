import { applicationWith, ENABLING } from './__testUtils__/settings';
import { formatMessage } from '../../messages';
import { lintApplication } from './lint';
import type { LintedRepository } from './types';

const REPOSITORY = 'ghcr.io/shop/api';

function lint(
  settings: Record<string, string>,
  repository: LintedRepository,
  running?: string,
) {
  const application = applicationWith(
    { 'image-list': `app=${REPOSITORY}`, ...settings },
    running === undefined ? {} : { images: [`${REPOSITORY}:${running}`] },
  );
  return lintApplication(
    application,
    [ENABLING],
    new Map([[REPOSITORY, repository]]),
  );
}

const tagged = (...tags: string[]): LintedRepository => ({
  versions: tags.map(tag => ({ tag })),
});

describe('what a repository holds', () => {
  it.each<
    [string, Record<string, string>, string[], string | undefined, string[]]
  >([
    ['releases', {}, ['1.0.0', '1.1.0'], '1.0.0', []],
    ['no tag at all', {}, [], undefined, []],
    [
      'short hashes under semver',
      {},
      ['3f2a91c', 'bead123'],
      undefined,
      ['nothing-selected'],
    ],
    [
      'a filter that blocks all',
      { 'app.allow-tags': 'regexp:^v' },
      ['1.0.0'],
      undefined,
      ['nothing-selected'],
    ],
    [
      'a constraint that excludes all',
      { 'image-list': `app=${REPOSITORY}:~2` },
      ['1.0.0'],
      undefined,
      ['nothing-selected'],
    ],
    [
      'build numbers above releases',
      {},
      ['1.0.0', '20240131'],
      undefined,
      ['digits-as-version'],
    ],
    ['build numbers alone', {}, ['20240130', '20240131'], undefined, []],
    [
      'short hashes in order',
      { 'app.update-strategy': 'alphabetical' },
      ['3f2a91c', 'a1b2c3d'],
      undefined,
      ['hashes-in-order'],
    ],
    [
      'versions as text',
      { 'app.update-strategy': 'alphabetical' },
      ['1.10.0', '1.9.0'],
      undefined,
      ['alphabetical-order'],
    ],
    [
      'dates as text',
      { 'app.update-strategy': 'alphabetical' },
      ['2024-01-30', '2024-01-31'],
      undefined,
      [],
    ],
    [
      'a downgrade',
      { 'image-list': `app=${REPOSITORY}:~1.0` },
      ['1.0.3', '1.1.0'],
      '1.1.0',
      ['downgrade'],
    ],
  ])('finds %s', (_, settings, tags, running, expected) => {
    const findings = lint(settings, tagged(...tags), running);
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });

  it('explains why nothing is chosen', () => {
    const [{ effect }] = lint({}, tagged('3f2a91c'));
    expect(formatMessage(effect)).toBe(
      'Nothing is chosen. None of 1 versions can be taken: 1 not a semantic version',
    );
  });

  it('finds digest with an immutable repository', () => {
    const settings = {
      'image-list': `app=${REPOSITORY}:latest`,
      'app.update-strategy': 'digest',
    };
    const codes = (isMutable: boolean, ...exceptions: string[]) =>
      lint(settings, { tagMutability: { isMutable, exceptions } }).map(
        ({ code }) => code,
      );
    expect(codes(false)).toEqual(['digest-on-immutable']);
    expect(codes(false, 'dev-*')).toEqual(['digest-on-immutable']);
    expect(codes(false, 'latest')).toEqual([]);
    expect(codes(true)).toEqual([]);
    expect(codes(true, 'lat*')).toEqual(['digest-on-immutable']);
    expect(lint(settings, {})).toEqual([]);
  });
});
