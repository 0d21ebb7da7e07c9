/**
 * A version as Masterminds' semver 3.4 for Go parses it. Unlike node-semver, it
 * accepts a `v` prefix, fewer than three numbers and leading zeros:
 * `2024-01-02` is 2024.0.0 with the prerelease `01-02`.
 *
 * @public
 */
export interface Semver {
  /**
   * Up to 2^64 - 1. A plain number, for speed, if a double holds it exactly.
   */
  major: number | bigint;
  minor: number | bigint;
  patch: number | bigint;
  /** Empty: none. */
  prerelease: string;
  original: string;
}

const NUMBER_LIMIT = 2n ** 64n;
/** A double holds every integer of this many digits exactly. */
const SAFE_DIGITS = 15;

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';

// A distinct character separates each repetition from the next, so matching
// takes linear time.
const VERSION = new RegExp(
  `^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${IDENTIFIERS}))?(?:\\+(?:${IDENTIFIERS}))?$`,
);

/** The version that a tag names, or undefined when it names none. */
export function parseSemver(text: string): Semver | undefined {
  const match = VERSION.exec(text);
  if (!match) {
    return undefined;
  }
  const major = numberOf(match[1]);
  const minor = numberOf(match[2] ?? '0');
  const patch = numberOf(match[3] ?? '0');
  const prerelease = match[4] ?? '';
  if (
    major === undefined ||
    minor === undefined ||
    patch === undefined ||
    // Unlike the numbers above, numbers in a prerelease can't have leading
    // zeros.
    (prerelease !== '' &&
      prerelease.split('.').some(part => /^0\d+$/.test(part)))
  ) {
    return undefined;
  }
  return { major, minor, patch, prerelease, original: text };
}

/** Negative, 0 or positive; build metadata doesn't count. */
export function compareSemver(a: Semver, b: Semver): number {
  return (
    compare(a.major, b.major) ||
    compare(a.minor, b.minor) ||
    compare(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

/** Orders prereleases; a version without one is the newest. */
export function comparePrereleases(a: string, b: string): number {
  if (a === '' || b === '') {
    return compare(a === '' ? 1 : 0, b === '' ? 1 : 0);
  }
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/**
 * A missing part sorts first, and numbers sort before words. Numbers too large
 * for Go count as words.
 */
function compareParts(a?: string, b?: string): number {
  if (a === undefined || b === undefined) {
    return compare(a === undefined ? 0 : 1, b === undefined ? 0 : 1);
  }
  const left = /^\d+$/.test(a) ? numberOf(a) : undefined;
  const right = /^\d+$/.test(b) ? numberOf(b) : undefined;
  if (left !== undefined && right !== undefined) {
    return compare(left, right);
  }
  if (left === undefined && right === undefined) {
    return compare(a, b);
  }
  return left === undefined ? 1 : -1;
}

/** Parses digits; undefined beyond 64 bits. */
function numberOf(digits: string): number | bigint | undefined {
  if (digits.length <= SAFE_DIGITS) {
    return Number(digits);
  }
  const number = BigInt(digits);
  return number < NUMBER_LIMIT ? number : undefined;
}

function compare<T extends number | bigint | string>(a: T, b: T): number {
  if (a < b) {
    return -1;
  }
  return a > b ? 1 : 0;
}
