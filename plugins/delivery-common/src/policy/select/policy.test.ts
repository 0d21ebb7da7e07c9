import fc from 'fast-check';
import { parseAllowTags } from '../tags/allowTags';
import { parseConstraint } from '../semver/constraint';
import { globMatches, parseGlob } from '../tags/glob';
import { parseContainerImage } from '../image/image';
import { filterTags, selectTag } from './select';
import { type Semver, compareSemver, parseSemver } from '../semver/version';

const RUNS = { numRuns: 3000 };

const version = fc
  .tuple(
    fc.nat(12),
    fc.nat(12),
    fc.nat(12),
    fc.constantFrom('', '-rc.1', '-rc.2', '-alpha', '-1'),
    fc.constantFrom('', 'v'),
  )
  .map(([a, b, c, pre, v]) => parsed(`${v}${a}.${b}.${c}${pre}`));

function parsed(text: string): Semver {
  const result = parseSemver(text);
  if (!result) {
    throw new Error(`${text} is no version`);
  }
  return result;
}

describe('versions', () => {
  it('are in a total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareSemver(a, b))).toBe(
          -Math.sign(compareSemver(b, a)) + 0,
        );
        const [low, middle, high] = [a, b, c].sort(compareSemver);
        expect(compareSemver(low, middle)).toBeLessThanOrEqual(0);
        expect(compareSemver(middle, high)).toBeLessThanOrEqual(0);
        expect(compareSemver(low, high)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it.each(['', 'latest', '1.2.3.4', '1..2', '1.2.3-', '1.2.3-01', '1.2\n'])(
    '%j is none',
    text => {
      expect(parseSemver(text)).toBeUndefined();
    },
  );
});

describe('constraints', () => {
  it('~ and ^ stay within what they name, and never go below it', () => {
    fc.assert(
      fc.property(version, version, (base, candidate) => {
        const text = `${base.major}.${base.minor}.${base.patch}`;
        const named = parsed(text);
        const reaches =
          candidate.prerelease === '' && compareSemver(candidate, named) >= 0;
        const accepts = (constraint: string) =>
          parseConstraint(constraint)(candidate);
        expect(accepts(`>=${text}`)).toBe(reaches);
        // Of 0.0.0 the tilde admits whatever follows.
        expect(accepts(`~${text}`)).toBe(
          reaches &&
            (text === '0.0.0' ||
              (candidate.major === named.major &&
                candidate.minor === named.minor)),
        );
        expect(accepts(`^${text}`) && candidate.major !== named.major).toBe(
          false,
        );
      }),
      RUNS,
    );
  });

  it('that are hostile are refused in no time', () => {
    const started = performance.now();
    expect(() => parseConstraint(`${'1  '.repeat(5000)}!`)).toThrow(
      'improper constraint',
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('allow-tags', () => {
  it('takes a hostile expression in linear time', () => {
    const started = performance.now();
    const allows = parseAllowTags('regexp:^(a+)+$', () => {});
    expect(allows(`${'a'.repeat(5000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('references', () => {
  it('are read in linear time, be they ever so wrong', () => {
    const started = performance.now();
    parseContainerImage(`123456789012.dkr.ecr.aws.com/${'a'.repeat(5000)}:~1`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('globs', () => {
  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ab/c', false],
    ['?', '/', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['[!a]', 'b', false],
    ['[!a]', '!', true],
    ['\\*', '*', true],
    ['*-rc*', '1.0.0-rc.1', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it.each(['[', '[]', '[]a]', '[a', '[a-', '[a-]', '[-a]', 'a\\'])(
    '%s is malformed',
    pattern => {
      expect(parseGlob(pattern)).toBeUndefined();
      expect(globMatches(pattern, pattern)).toBe(false);
    },
  );

  it('of literals match themselves alone, and are quick with many stars', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]*$/), text => {
        expect(globMatches(text, text)).toBe(true);
        expect(globMatches(text, `${text}x`)).toBe(false);
        expect(globMatches(`*${text}*`, `1${text}2`)).toBe(true);
      }),
      RUNS,
    );
    expect(globMatches(`${'*a'.repeat(60)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('the selection', () => {
  const tags = fc.array(
    fc.oneof(
      version.map(({ original }) => original),
      fc.stringMatching(/^[a-z]{1,6}$/),
    ),
  );

  it('chooses one of the tags that the policy lets through, whatever their order', () => {
    fc.assert(
      fc.property(
        tags,
        fc.constantFrom('', '~1', '^2', '>=3-0', '1.x || 4.x'),
        fc.constantFrom('semver' as const, 'alphabetical' as const),
        (names, constraint, strategy) => {
          const policy = {
            strategy,
            constraint,
            allows: parseAllowTags('regexp:[0-9a-m]', () => {}),
            ignore: ['*rc*'],
          };
          const choose = (list: string[]) =>
            selectTag(
              'x',
              filterTags(list, policy).map(name => ({
                name,
                builtAt: 0n,
                digest: '',
              })),
              policy,
            ).tag?.name;
          const chosen = choose(names);
          expect(choose([...names].reverse())).toBe(chosen);
          expect(
            chosen === undefined ||
              (names.includes(chosen) &&
                !chosen.includes('rc') &&
                /[0-9a-m]/.test(chosen)),
          ).toBe(true);
        },
      ),
      RUNS,
    );
  });
});
