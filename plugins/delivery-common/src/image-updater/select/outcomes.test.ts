import { formatMessage } from '../../messages';
import { policyOf } from '../__testUtils__/policies';
import { compilePolicy } from './CompiledPolicy';
import { judgePush } from './judgePush';
import { selectVersion } from './selectVersion';
import type { RegistryVersion } from './types';

const HOST = 'registry.example.com';

const compiled = (strategy: string, constraint = '') =>
  compilePolicy(
    policyOf(`${HOST}/api${constraint}`, { updateStrategy: strategy }),
  );

const at = (day: number) => `2026-01-0${day}T12:00:00Z`;

/** A version that was pushed on one day, and built on another if that is known. */
const version = (
  tag: string,
  pushed?: number,
  built?: number,
): RegistryVersion => ({
  tag,
  ...(pushed !== undefined && { pushedAt: at(pushed) }),
  ...(built !== undefined && {
    builds: [{ platform: 'linux/amd64', builtAt: at(built) }],
  }),
});

describe('a downgrade', () => {
  it.each<
    [
      strategy: string,
      constraint: string,
      versions: RegistryVersion[],
      running: string,
      expected: [outcome: string, chosen: string, isDowngrade: boolean],
    ]
  >([
    ['semver', '', [version('0.9.0')], '1.0.0', ['update', '0.9.0', true]],
    [
      'semver',
      ':<1',
      [version('0.9.0'), version('1.0.0')],
      '1.0.0',
      ['update', '0.9.0', true],
    ],
    ['semver', '', [version('1.1.0')], '1.0.0', ['update', '1.1.0', false]],
    ['semver', '', [version('1.1.0')], 'latest', ['update', '1.1.0', false]],
    ['semver', '', [version('1.0.0')], '1.0.0', ['up-to-date', '1.0.0', false]],
    ['alphabetical', '', [version('a')], 'b', ['update', 'a', true]],
    ['newest-build', '', [version('b', 1, 1)], 'a', ['update', 'b', false]],
    ['digest', ':main', [version('main')], 'other', ['update', 'main', false]],
  ])(
    '%s%s of %j while %s runs',
    (strategy, constraint, versions, running, expected) => {
      const { outcome, chosen, isDowngrade, reason } = selectVersion(
        compiled(strategy, constraint),
        versions,
        [`${HOST}/api:${running}`],
      );
      expect([outcome, chosen?.tag, isDowngrade]).toEqual(expected);
      expect(reason.code === 'selection.downgrade').toBe(isDowngrade);
    },
  );
});

describe('build dates', () => {
  it.each<
    [name: string, versions: RegistryVersion[], outcome: string, tag: string]
  >([
    ['are all known', [version('a', 1, 1), version('b', 2, 2)], 'update', 'b'],
    ['are not known', [version('a', 1), version('b', 2)], 'unpredictable', 'b'],
    ['are not needed for one version', [version('b', 2)], 'update', 'b'],
    [
      'are known of the version that was built after all pushes',
      [version('a', 1), version('b', 3, 2)],
      'update',
      'b',
    ],
    [
      'may be later than the latest one that is known',
      [version('a', 3), version('b', 2, 2)],
      'unpredictable',
      'a',
    ],
    [
      'may be later where not even the push is known',
      [version('a'), version('b', 2, 2)],
      'unpredictable',
      'b',
    ],
  ])('%s', (_, versions, outcome, tag) => {
    const policy = compiled('newest-build');
    const selection = selectVersion(policy, versions, [`${HOST}/api:old`]);
    expect([selection.outcome, selection.chosen?.tag]).toEqual([outcome, tag]);
    const { isNext } = judgePush(
      policy,
      { ...version(tag, 3, 3), tags: [tag] },
      versions,
    );
    expect(isNext).toBe(outcome !== 'unpredictable');
  });
});

describe('versions that the strategy has no order for', () => {
  it.each<
    [
      strategy: string,
      versions: RegistryVersion[],
      chosen: string,
      words: string,
    ]
  >([
    [
      'newest-build',
      [version('07bfd2596', 2, 1), version('latest', 2, 1)],
      'latest',
      'built at the same time as latest, which comes later in the order of names',
    ],
    [
      'newest-build',
      [version('b', 1, 1), version('a', 2, 2)],
      'a',
      'built before a',
    ],
    [
      'newest-build',
      [version('b', 1), version('a', 3, 2)],
      'a',
      "pushed before a; when they were built isn't known",
    ],
    [
      'semver',
      [version('1.2.0'), version('v1.2.0')],
      'v1.2.0',
      'the same version as v1.2.0, which comes later in the order of names',
    ],
    [
      'semver',
      [version('1.1.0'), version('1.2.0')],
      '1.2.0',
      'lower than 1.2.0',
    ],
  ])(
    '%s of %j: %s, since the other is %s',
    (strategy, versions, tag, words) => {
      const { chosen, verdicts } = selectVersion(compiled(strategy), versions);
      expect(chosen?.tag).toBe(tag);
      const other = verdicts.find(verdict => verdict.tag !== tag);
      expect(other && formatMessage(other.reason)).toBe(words);
    },
  );
});
