import fc from 'fast-check';
import { formatMessage, isMessageCode } from '../../messages';
import { policyOf } from '../__testUtils__/policies';
import type { ImagePolicy } from '../settings/images';
import { compilePolicy } from './CompiledPolicy';
import { VersionList } from './VersionList';
import { judgePush } from './judgePush';
import { readVersion } from './readVersion';
import { selectVersion } from './selectVersion';
import { nanosecondsOf } from './time';
import type { RegistryVersion } from './types';

const RUNS = { numRuns: 3000, verbose: 1 };

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const tag = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'v'),
      fc.nat(3),
      fc.nat(3),
      fc.nat(3),
      fc.constantFrom('', '-rc.1', '-rc.10', '+build', '-01', '-a.b'),
    )
    .map(([v, a, b, c, rest]) => `${v}${a}.${b}.${c}${rest}`),
  fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,6}$/),
);

const time = fc
  .nat(5)
  .map(day => new Date(Date.UTC(2024, 0, 1 + day)).toISOString());

const versions: fc.Arbitrary<RegistryVersion[]> = fc.uniqueArray(
  fc.record(
    {
      tag,
      digest: fc.constantFrom(A, B),
      pushedAt: time,
      builds: fc.uniqueArray(
        fc.record(
          {
            platform: fc.constantFrom(
              'linux/amd64',
              'linux/arm64',
              'linux/arm/v7',
            ),
            builtAt: fc.oneof(time, fc.constant('')),
          },
          { requiredKeys: [] },
        ),
        { selector: build => build.platform, maxLength: 3 },
      ),
      unreadable: fc.boolean(),
    },
    { requiredKeys: ['tag'] },
  ),
  { selector: version => version.tag, maxLength: 12 },
);

const policy: fc.Arbitrary<ImagePolicy> = fc
  .record({
    constraint: fc.constantFrom(
      '',
      ':~1',
      ':^2',
      ':1.x',
      ':>=1-0',
      ':main',
      ':>',
    ),
    updateStrategy: fc.constantFrom(
      'semver',
      'newest-build',
      'alphabetical',
      'digest',
    ),
    allowTags: fc.constantFrom('', 'any', 'regexp:^v?[0-2]', 'regexp:(', 'x'),
    ignoreTags: fc.subarray(['*-rc*', '[', 'v*', '[!a]']),
    platforms: fc.subarray(['linux/arm64', 'linux/arm', 'x']),
  })
  .map(({ constraint, ...settings }) =>
    policyOf(`registry.example.com/shop/api${constraint}`, settings),
  );

describe('selectVersion', () => {
  it('gives one verdict for each version, whatever their order, and one that is chosen', () => {
    fc.assert(
      fc.property(
        policy,
        versions.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
          ),
        ),
        (of, [list, shuffled]) => {
          const selection = selectVersion(of, list);
          const other = selectVersion(of, shuffled);
          expect(other.chosen).toEqual(selection.chosen);
          expect(selection.verdicts.map(verdict => verdict.tag)).toEqual(
            list.map(version => version.tag),
          );
          expect(new Set(other.verdicts.map(v => JSON.stringify(v)))).toEqual(
            new Set(selection.verdicts.map(v => JSON.stringify(v))),
          );
          const taken = selection.verdicts.filter(v => v.code === 'chosen');
          expect(taken.map(verdict => verdict.tag)).toEqual(
            selection.chosen ? [selection.chosen.tag] : [],
          );
          expect(
            selection.verdicts.every(({ reason }) =>
              isMessageCode(reason.code),
            ),
          ).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('chooses what comes last of the accepted, which is then alone accepted, too', () => {
    fc.assert(
      fc.property(policy, versions, (of, list) => {
        const { chosen, verdicts } = selectVersion(of, list);
        const accepted = list.filter((_, i) =>
          ['chosen', 'older'].includes(verdicts[i].code),
        );
        expect(accepted.length > 0).toBe(chosen !== undefined);
        for (const version of accepted) {
          expect(selectVersion(of, [version]).chosen).toBe(version);
          const order = chosen
            ? compilePolicy(of).compare(
                readVersion(version),
                readVersion(chosen),
              )
            : 0;
          expect(Math.sign(order)).toBe(version === chosen ? 0 : -1);
        }
      }),
      RUNS,
    );
  });

  it('says the same of policies and versions that were read before, or went through JSON', () => {
    fc.assert(
      fc.property(policy, policy, versions, (of, another, list) => {
        const read = VersionList.of(list);
        selectVersion(another, read);
        const expected = selectVersion(of, list, []);
        expect(selectVersion(compilePolicy(of), read, [])).toEqual(expected);
        expect(selectVersion(compilePolicy(of), read, [])).toEqual(expected);
        expect(selectVersion(JSON.parse(JSON.stringify(of)), list, [])).toEqual(
          expected,
        );
      }),
      RUNS,
    );
  });

  it('gives reasons with what they rest on', () => {
    const { verdicts, outcome, reason } = selectVersion(
      policyOf('registry.example.com/shop/api:~1.3', {
        allowTags: 'regexp:^[^x]',
        ignoreTags: ['*-dev', '['],
      }),
      [
        '1.3.1',
        '1.3.9',
        '1.4.0',
        '1.3.10-rc.1',
        '1.3.11-dev',
        'latest',
        'x1.3.12',
      ].map(name => ({ tag: name })),
      ['registry.example.com/shop/api:1.4.0'],
    );
    expect(
      verdicts.map(
        ({ tag: name, reason: why }) => `${name}: ${formatMessage(why)}`,
      ),
    ).toEqual([
      '1.3.1: lower than 1.3.9',
      '1.3.9: taken by the policy',
      '1.4.0: outside the constraint ~1.3',
      '1.3.10-rc.1: a prerelease, and the constraint ~1.3 includes none',
      '1.3.11-dev: ignore-tags *-dev matches it',
      'latest: not a semantic version',
      "x1.3.12: allow-tags regexp:^[^x] doesn't match it",
    ]);
    expect([outcome, formatMessage(reason)]).toEqual([
      'update',
      'Image Updater goes back to 1.3.9 from 1.4.0, which it no longer finds or accepts',
    ]);
  });

  it.each([
    ['1.2', 'up-to-date', ['registry.example.com/x:1.2.0']],
    ['1.2', 'update', [`registry.example.com/x:1.2.0@${A}`]],
    ['1.2', 'not-live', ['registry.example.com/y:1.2.0']],
    ['3', 'none', ['registry.example.com/x:1.2.0']],
    ['?', 'unusable', ['registry.example.com/x:1.2.0']],
  ])(
    'with the constraint %s is %s when %j runs',
    (constraint, outcome, live) => {
      const selection = selectVersion(
        policyOf(`registry.example.com/x:${constraint}`),
        [{ tag: '1.2.0' }, { tag: '1.3.0' }],
        live,
      );
      expect(selection.outcome).toBe(outcome);
    },
  );

  it('distinguishes an unchanged digest from another one, and names the missing platform', () => {
    const of = policyOf('registry.example.com/x:main', {
      updateStrategy: 'digest',
      platforms: ['linux/arm64'],
    });
    const list = [
      { tag: 'main', digest: A, builds: [{ platform: 'linux/arm64' }] },
    ];
    const running = (digest: string) =>
      selectVersion(of, list, [`registry.example.com/x:main@${digest}`]);
    expect(running(A).outcome).toBe('up-to-date');
    expect(running(B)).toMatchObject({
      outcome: 'update',
      written: { tag: 'main', digest: A },
      doubts: [],
    });
    expect(
      selectVersion(of, [{ ...list[0], builds: [{ platform: 'linux/amd64' }] }])
        .verdicts,
    ).toMatchObject([
      {
        code: 'platform-missing',
        reason: {
          code: 'verdict.platform-missing',
          parameters: { found: 'linux/amd64', wanted: 'linux/arm64' },
        },
      },
    ]);
  });

  it.each([
    { updaterPlatform: undefined, chosen: 'amd' },
    { updaterPlatform: 'linux/amd64', chosen: 'amd' },
    { updaterPlatform: 'linux/arm64', chosen: 'both' },
    { updaterPlatform: 'linux/s390x', chosen: undefined },
  ])(
    'takes the latest build for $updaterPlatform, where the updater runs',
    ({ updaterPlatform, chosen }) => {
      const of = policyOf('registry.example.com/x', {
        updateStrategy: 'newest-build',
      });
      const on = (platform: string, day: number) => ({
        platform,
        builtAt: `2024-01-0${day}T00:00:00Z`,
      });
      const list = [
        { tag: 'both', builds: [on('linux/amd64', 1), on('linux/arm64', 5)] },
        { tag: 'amd', builds: [on('linux/amd64', 3)] },
        { tag: 'arm', builds: [on('linux/arm64', 4)] },
        { tag: 'undated', builds: [{ platform: 'linux/amd64', builtAt: '' }] },
        { tag: 'empty', builds: [] },
      ];
      const selection = selectVersion(
        compilePolicy(of, { updaterPlatform }),
        list,
      );
      expect(selection.chosen?.tag).toBe(chosen);
      expect(selection.doubts).toEqual([]);
      // An explicit platform applies wherever the updater runs.
      expect(
        selectVersion(
          compilePolicy(
            { ...of, platforms: ['linux/arm64'] },
            { updaterPlatform },
          ),
          list,
        ).chosen?.tag,
      ).toBe('both');
    },
  );

  it('says what it does not know', () => {
    const { chosen, doubts } = selectVersion(
      policyOf('registry.example.com/x', { updateStrategy: 'latest' }),
      [
        { tag: 'a', pushedAt: '2024-01-02T00:00:00Z' },
        { tag: 'b', pushedAt: '2024-01-01T00:00:00Z' },
      ],
    );
    expect(chosen?.tag).toBe('a');
    expect(doubts).toHaveLength(2);
  });

  it('takes a hostile expression in linear time', () => {
    const { verdicts } = selectVersion(
      policyOf('registry.example.com/x', { allowTags: 'regexp:(a+)+$' }),
      [`${'a'.repeat(50_000)}!`, `1.0.0-${'a'.repeat(50_000)}`].map(name => ({
        tag: name,
      })),
    );
    expect(verdicts.map(({ code }) => code)).toEqual([
      'not-allowed',
      'prerelease',
    ]);
  });
});

describe('judgePush', () => {
  const of = policyOf('registry.example.com/x:~1.3');
  const known = [{ tag: '1.3.5' }, { tag: '2.0.0' }];

  it.each([
    [['1.3.6'], true, true, 'chosen', '1.3.6'],
    [['1.3.6', 'latest', '1.3'], true, true, 'chosen', '1.3.6'],
    [['1.3.4'], true, false, 'older', '1.3.4'],
    [['1.3.5'], true, true, 'chosen', '1.3.5'],
    [['1.4.0', 'latest'], false, false, 'outside-constraint', undefined],
    [['1.3.6-rc.1', 'latest'], false, false, 'prerelease', undefined],
    [[], false, false, 'untagged', undefined],
  ])(
    'of %j: accepted %s, next %s, %s',
    (tags, accepted, isNext, code, written) => {
      expect(judgePush(of, { tags, digest: A }, known)).toMatchObject({
        accepted,
        isNext,
        code,
        ...(written && { version: { tag: written } }),
      });
    },
  );

  it('agrees with the selection among all versions', () => {
    fc.assert(
      fc.property(policy, versions, (any, list) => {
        const { chosen, outcome, verdicts } = selectVersion(any, list);
        for (const [i, { tag: name, ...image }] of list.entries()) {
          const verdict = judgePush(
            any,
            { ...image, tags: [name] },
            list.filter((_, j) => j !== i),
          );
          expect(verdict.isNext).toBe(
            outcome !== 'unpredictable' && chosen?.tag === name,
          );
          expect(verdict.accepted).toBe(
            ['chosen', 'older'].includes(verdicts[i].code),
          );
        }
      }),
      RUNS,
    );
  });
});

describe('build dates', () => {
  it.each([
    ['1970-01-01T00:00:00.000000001Z', 1n],
    ['1970-01-01T01:00:00+01:00', 0n],
    ['0001-01-01T00:00:00Z', -62135596800000000000n],
    ['yesterday', undefined],
    ['2024-01-01', undefined],
    ['2024-13-01T00:00:00Z', undefined],
    ['2024-02-29T00:00:00Z', 1709164800000000000n],
    ['2024-02-30T00:00:00Z', undefined],
    ['1970-01-01T24:00:00Z', undefined],
    ['1970-01-01T0:00:01,5Z', 1500000000n],
    ['1970-01-02T00:00:00+24:60', -3600000000000n],
  ])('%s', (text, expected) => {
    expect(nanosecondsOf(text)).toBe(expected);
  });
});
