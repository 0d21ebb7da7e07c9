import { parseContainerImage } from '../image/image';
import { parseStrategy, strategyOf, UPDATE_STRATEGIES } from './registry';
import type { DatedVersion, StrategyName } from './UpdateStrategy';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const named = (strategy: StrategyName) => strategyOf({ strategy });

describe('parseStrategy', () => {
  const read = (text: string) => {
    const codes: string[] = [];
    const name = parseStrategy(text, ({ code }) => codes.push(code));
    return [name, ...codes];
  };

  it.each([
    ['semver', ['semver']],
    ['Digest', ['digest']],
    ['latest', ['newest-build', 'strategy-renamed']],
    ['name', ['alphabetical', 'strategy-renamed']],
    ['newest', ['semver', 'strategy-unknown']],
    ['constructor', ['semver', 'strategy-unknown']],
    ['undefined', ['semver', 'strategy-unknown']],
  ])('reads %s as %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('reads the name of each strategy as that strategy', () => {
    for (const strategy of UPDATE_STRATEGIES) {
      expect(read(strategy.name)).toEqual([strategy.name]);
      expect(strategyOf({ strategy: strategy.name })).toBe(strategy);
    }
  });
});

describe('comesAfter', () => {
  const version = (
    tag: string,
    at?: string,
    builtAt?: bigint,
  ): DatedVersion => ({
    version: { tag },
    at,
    ...(builtAt !== undefined && { age: { at: builtAt, isBuildDate: true } }),
  });

  /** Of an image whose build date isn't known. */
  const pushed = (tag: string, digest: string): DatedVersion => ({
    version: { tag, digest },
    at: '1',
    age: { at: 1n, isBuildDate: false },
  });

  it('newest-build has no order for two images that were pushed together', () => {
    const { comesAfter } = named('newest-build');
    expect(comesAfter(pushed('b', A), pushed('a', B))).toBe(false);
    expect(comesAfter(pushed('a', B), pushed('b', A))).toBe(false);
  });

  it.each<[StrategyName, DatedVersion, DatedVersion]>([
    ['semver', version('1.10'), version('1.9.0')],
    ['semver', version('v1.2.0'), version('1.2.0')],
    ['semver', version('1.0.0'), version('latest')],
    ['alphabetical', version('1.9.0'), version('1.10')],
    ['newest-build', version('a', '1', 2n), version('b', '2', 1n)],
    ['newest-build', version('latest', '1', 2n), version('07bfd2596', '2', 2n)],
    ['newest-build', pushed('latest', A), pushed('07bfd2596', A)],
    ['digest', version('a', '2'), version('a', '1')],
  ])('%s prefers the later one of case %#', (strategy, first, second) => {
    expect(named(strategy).comesAfter(first, second)).toBe(true);
    expect(named(strategy).comesAfter(second, first)).toBe(false);
    expect(named(strategy).comesAfter(first, first)).toBe(false);
  });

  it.each<[StrategyName, DatedVersion]>([
    ['semver', { version: { digest: A } }],
    ['alphabetical', { version: { digest: A } }],
    ['newest-build', version('a', '1')],
    ['digest', version('a')],
  ])('%s has no order for what it knows too little of', (strategy, unknown) => {
    const known = version('1.0.0', '2', 1n);
    expect(named(strategy).comesAfter(known, unknown)).toBe(false);
    expect(named(strategy).comesAfter(unknown, known)).toBe(false);
  });
});

describe('written', () => {
  it('keeps the digest only where it is followed', () => {
    const version = { tag: '1', digest: A };
    expect(
      UPDATE_STRATEGIES.map(strategy => [
        strategy.name,
        strategy.written(version).digest,
      ]),
    ).toEqual([
      ['semver', undefined],
      ['newest-build', undefined],
      ['alphabetical', undefined],
      ['digest', A],
    ]);
    for (const strategy of UPDATE_STRATEGIES) {
      expect(strategy.written({ digest: A })).toEqual({ digest: A });
    }
  });
});

describe('the image that runs', () => {
  const live = [`x:1@${A}`, `x:main@${A}`, `x:main@${B}`].map(
    parseContainerImage,
  );
  const followed = parseContainerImage('app=x:main');

  it('is the first of its name', () => {
    expect(named('semver').liveImage(live, followed, A)).toBe(live[0]);
  });

  it('has the followed tag and is behind, where digests are followed', () => {
    expect(named('digest').liveImage(live, followed, A)).toBe(live[2]);
    expect(named('digest').liveImage(live, followed, B)).toBe(live[1]);
    expect(named('digest').liveImage(live, followed)).toBe(live[0]);
  });

  it('differs from a tag without a digest, where digests are followed', () => {
    const [current, chosen] = [
      { name: 'main', digest: '' },
      { name: 'main', digest: '' },
    ];
    expect(named('digest').differs(current, chosen)).toBe(true);
    expect(named('semver').differs(current, chosen)).toBe(false);
  });
});
