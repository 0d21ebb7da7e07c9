import { PolicyError } from '../problem';
import type { ReadVersion } from '../select/readVersion';
import { type Constraint, parseConstraint } from '../semver/constraint';
import { compareSemver } from '../semver/version';
import { COMMON, comesAfterByName } from './common';
import type { UpdateStrategy } from './UpdateStrategy';

/** Longer than any constraint that somebody writes by hand. */
const MAX_CONSTRAINT_LENGTH = 512;

/** Chooses the highest version within the constraint. */
export const semver: UpdateStrategy = {
  ...COMMON,
  name: 'semver',
  constraint: 'range',
  rangeOf,
  compare,
  comesAfter: comesAfterByName(compare),
};

/** Tags that aren't versions come first. */
function compare(a: ReadVersion, b: ReadVersion): number {
  return a.semver && b.semver
    ? compareSemver(a.semver, b.semver)
    : Number(a.semver !== undefined) - Number(b.semver !== undefined);
}

function rangeOf(constraint: string): Constraint | PolicyError {
  if (constraint.length > MAX_CONSTRAINT_LENGTH) {
    return new PolicyError({
      code: 'constraint-invalid',
      message: `improper constraint: ${constraint.slice(0, 60)}…`,
      advice: {
        code: 'advice.constraint-too-long',
        parameters: { characters: String(MAX_CONSTRAINT_LENGTH) },
      },
    });
  }
  try {
    // Without a constraint, prereleases are still left out.
    return parseConstraint(constraint || '*');
  } catch (error) {
    if (error instanceof PolicyError) {
      return error;
    }
    throw error;
  }
}
