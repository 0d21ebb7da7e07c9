import { RE2JS } from 're2js';
import { PolicyError } from '../problem';
import {
  type Semver,
  comparePrereleases,
  compareSemver,
  parseSemver,
} from './version';

/**
 * Tests a version. `allowPrerelease`: a condition of the same group names a
 * prerelease, or the caller admits prereleases.
 */
type Condition = (version: Semver, allowPrerelease: boolean) => boolean;

/**
 * Whether a version satisfies a constraint. With `evenPrereleases`, prereleases
 * are admitted as if the conditions named one.
 *
 * @public
 */
export type Constraint = (
  version: Semver,
  evenPrereleases?: boolean,
) => boolean;

/** The version of one condition as written; its numbers may be wildcards. */
interface Operand {
  version: Semver;
  /** Some number is missing or a wildcard. */
  dirty: boolean;
  minorDirty: boolean;
  patchDirty: boolean;
}

const OPERATORS = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^';
const VERSION =
  'v?([0-9|x|X|\\*]+)(\\.[0-9|x|X|\\*]+)?(\\.[0-9|x|X|\\*]+)?' +
  '(-([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?' +
  '(\\+([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?';

// RE2, as in Go: it finds the same matches, in linear time on user input.
const ONE = RE2JS.compile(`^\\s*(${OPERATORS})\\s*(${VERSION})\\s*$`);
const RANGE = RE2JS.compile(`\\s*(${VERSION})\\s+-\\s+(${VERSION})\\s*`);
const EACH = RE2JS.compile(`(${OPERATORS})\\s*(${VERSION})`);
const VALID = RE2JS.compile(
  `^(\\s*(${OPERATORS})\\s*(${VERSION})\\s*)((?:\\s+|,\\s*)(${OPERATORS})\\s*(${VERSION})\\s*)*$`,
);

type Decision = (version: Semver, operand: Operand) => boolean;

const notEqual: Decision = (version, operand) => {
  const { version: other, dirty, minorDirty, patchDirty } = operand;
  if (dirty) {
    if (differ(other.major, version.major)) {
      return true;
    }
    if (minorDirty) {
      return false;
    }
    if (differ(other.minor, version.minor)) {
      return true;
    }
    if (patchDirty) {
      return comparePrereleases(version.prerelease, other.prerelease) !== 0;
    }
  }
  return compareSemver(version, other) !== 0;
};

const greater: Decision = (version, operand) => {
  const { version: other, dirty, minorDirty, patchDirty } = operand;
  if (dirty && differ(version.major, other.major)) {
    return version.major > other.major;
  }
  if (minorDirty) {
    return false;
  }
  // `>11.1` starts at 11.2, because `11.1` stands for every 11.1.x.
  return patchDirty
    ? version.minor > other.minor
    : compareSemver(version, other) > 0;
};

const less: Decision = (version, operand) =>
  compareSemver(version, operand.version) < 0;

const atLeast: Decision = (version, operand) =>
  compareSemver(version, operand.version) >= 0;

const atMost: Decision = (version, operand) => {
  const { version: other, dirty, minorDirty } = operand;
  if (!dirty) {
    return compareSemver(version, other) <= 0;
  }
  return (
    version.major < other.major ||
    (!differ(version.major, other.major) &&
      (minorDirty || version.minor <= other.minor))
  );
};

const tilde: Decision = (version, operand) => {
  const { version: other, minorDirty, patchDirty } = operand;
  if (compareSemver(version, other) < 0) {
    return false;
  }
  // `~0.0.0` and `*` admit every version that isn't lower.
  if (isZero(other) && !minorDirty && !patchDirty) {
    return true;
  }
  return (
    !differ(version.major, other.major) &&
    (minorDirty || !differ(version.minor, other.minor))
  );
};

const equal: Decision = (version, operand) =>
  operand.dirty
    ? tilde(version, operand)
    : compareSemver(version, operand.version) === 0;

const caret: Decision = (version, operand) => {
  const { version: other, minorDirty, patchDirty } = operand;
  if (compareSemver(version, other) < 0 || differ(version.major, other.major)) {
    // `^*` has a wildcard major, yet is compared with the 0 that replaces it.
    return false;
  }
  if (other.major > 0 || minorDirty) {
    return true;
  }
  if (other.minor > 0 || patchDirty) {
    return !differ(version.minor, other.minor);
  }
  return version.minor <= 0 && !differ(version.patch, other.patch);
};

const DECISIONS: Record<string, Decision> = {
  '': equal,
  '=': equal,
  '!=': notEqual,
  '>': greater,
  '<': less,
  '>=': atLeast,
  '=>': atLeast,
  '<=': atMost,
  '=<': atMost,
  '~': tilde,
  '~>': tilde,
  '^': caret,
};

/**
 * Parses a constraint as Masterminds' semver 3.4 for Go does: alternatives
 * separated by `||`, conditions separated by spaces or commas, `1.2 - 2.0`
 * ranges, `~`, `^`, `x`.
 *
 * @throws PolicyError `improper constraint: …`
 */
export function parseConstraint(text: string): Constraint {
  const alternatives = rewriteRanges(text).split('||').map(parseAlternative);
  return (version, evenPrereleases) =>
    alternatives.some(accepts => accepts(version, evenPrereleases));
}

function parseAlternative(text: string): Constraint {
  if (!VALID.matcher(text).find()) {
    throw invalid(`improper constraint: ${text}`);
  }
  const conditions: Condition[] = [];
  let allowPrerelease = false;
  const matcher = EACH.matcher(text);
  while (matcher.find()) {
    const { condition, operand } = parseCondition(matcher.group() ?? '');
    conditions.push(condition);
    allowPrerelease ||= operand.version.prerelease !== '';
  }
  return (version, evenPrereleases = false) =>
    conditions.every(condition =>
      condition(version, allowPrerelease || evenPrereleases),
    );
}

function parseCondition(text: string): {
  condition: Condition;
  operand: Operand;
} {
  const matcher = ONE.matcher(text);
  if (!matcher.find()) {
    throw invalid(`improper constraint: ${text}`);
  }
  const part = (group: number) => matcher.group(group) ?? '';
  const [major, minor, patch, prerelease] = [3, 4, 5, 6].map(part);
  const operand: Omit<Operand, 'version'> = {
    dirty: false,
    minorDirty: false,
    patchDirty: false,
  };
  let version = part(2);
  if (isWild(major)) {
    version = `0.0.0${prerelease}`;
    operand.dirty = true;
  } else if (isWild(minor)) {
    version = `${major}.0.0${prerelease}`;
    operand.dirty = true;
    operand.minorDirty = true;
  } else if (isWild(patch)) {
    version = `${major}${minor}.0${prerelease}`;
    operand.dirty = true;
    operand.patchDirty = true;
  }
  const parsed = parseSemver(version);
  if (!parsed) {
    throw invalid('constraint parser error');
  }
  const complete = { ...operand, version: parsed };
  const decide = DECISIONS[part(1)];
  return {
    operand: complete,
    condition: (candidate, allowPrerelease) =>
      (candidate.prerelease === '' || allowPrerelease) &&
      decide(candidate, complete),
  };
}

function isWild(number: string): boolean {
  return ['', 'x', 'X', '*'].includes(number.replace(/^\./, ''));
}

function rewriteRanges(text: string): string {
  let result = text;
  const matcher = RANGE.matcher(text);
  while (matcher.find()) {
    result = result.replace(
      matcher.group() ?? '',
      () => `>= ${matcher.group(1)}, <= ${matcher.group(11)} `,
    );
  }
  return result;
}

function isZero({ major, minor, patch }: Semver): boolean {
  return [major, minor, patch].every(number => number <= 0);
}

function differ(a: number | bigint, b: number | bigint): boolean {
  return a < b || a > b;
}

function invalid(message: string): PolicyError {
  return new PolicyError({
    code: 'constraint-invalid',
    message,
    advice: { code: 'advice.constraint-invalid', parameters: {} },
  });
}
