import fc from 'fast-check';
import { parseConstraint } from './constraint';
import { type Semver, compareSemver, parseSemver } from './version';

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
        // `~0.0.0` admits every later version.
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
    expect(() => parseConstraint(`${'1  '.repeat(5000)}!`)).toThrow(
      'improper constraint',
    );
  });
});
