/**
 * A version as Masterminds' semver 3.4 for Go reads one, which is not how
 * node-semver does: `v` in front, one or two numbers and leading zeros are
 * fine, so `2024-01-02` is 2024.0.0 with the prerelease `01-02`.
 */
export interface Version {
  major: bigint;
  minor: bigint;
  patch: bigint;
  prerelease: string;
  original: string;
}

const NUMBER_LIMIT = 2n ** 64n;

const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';

const VERSION = new RegExp(
  `^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${IDENTIFIERS}))?(?:\\+(?:${IDENTIFIERS}))?$`,
);

/** The version that a tag names, or undefined when it names none. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (!match || text.endsWith('\n')) {
    return undefined;
  }
  const [, major, minor = '0', patch = '0', prerelease = ''] = match;
  const numbers = [major, minor, patch].map(BigInt);
  if (numbers.some(number => number >= NUMBER_LIMIT)) {
    return undefined;
  }
  // Here a leading zero isn't allowed, other than in the numbers before.
  if (prerelease.split('.').some(part => /^0\d+$/.test(part))) {
    return undefined;
  }
  return {
    major: numbers[0],
    minor: numbers[1],
    patch: numbers[2],
    prerelease,
    original: text,
  };
}

/** Negative, 0 or positive; build metadata doesn't count. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compare(a.major, b.major) ||
    compare(a.minor, b.minor) ||
    compare(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

/** Orders prereleases; none at all is the newest. */
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

function compareParts(a?: string, b?: string): number {
  if (a === undefined || b === undefined) {
    return compare(a === undefined ? 0 : 1, b === undefined ? 0 : 1);
  }
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) {
    return compare(left, right);
  }
  if (left === undefined && right === undefined) {
    return compare(a, b);
  }
  return left === undefined ? 1 : -1;
}

function numberOf(text: string): bigint | undefined {
  const number = /^\d+$/.test(text) ? BigInt(text) : NUMBER_LIMIT;
  return number < NUMBER_LIMIT ? number : undefined;
}

function compare<T extends bigint | number | string>(a: T, b: T): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
