import type { ReportProblem } from '../problem';

/**
 * How the newest of the allowed tags is found.
 *
 * - `semver`: the highest version within the constraint.
 * - `newest-build`: the latest build date of the image.
 * - `alphabetical`: the last by name.
 * - `digest`: one tag, named by the constraint, whose digest is followed.
 *
 * @public
 */
export type UpdateStrategy =
  | 'semver'
  | 'newest-build'
  | 'alphabetical'
  | 'digest';

const NAMES: Record<string, UpdateStrategy> = {
  semver: 'semver',
  'newest-build': 'newest-build',
  latest: 'newest-build',
  alphabetical: 'alphabetical',
  name: 'alphabetical',
  digest: 'digest',
};

/** Reads a strategy's name, old names too; what is unknown counts as semver. */
export function parseStrategy(
  text: string,
  report: ReportProblem,
): UpdateStrategy {
  const name = text.toLowerCase();
  const strategy = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (!strategy) {
    report({
      code: 'strategy-unknown',
      message: `Unknown sort option ${text} -- using semver`,
      advice: { code: 'advice.strategy-unknown', parameters: {} },
    });
    return 'semver';
  }
  if (strategy !== name) {
    report({
      code: 'strategy-renamed',
      message: `"${name}" strategy has been renamed to "${strategy}". Please switch to the new convention as support for the old naming convention will be removed in future versions.`,
      advice: {
        code: 'advice.strategy-renamed',
        parameters: { strategy, name },
      },
    });
  }
  return strategy;
}

/**
 * Whether a strategy needs to know when an image was built, or its digest.
 *
 * @public
 */
export function needsMetadata(strategy: UpdateStrategy): boolean {
  return strategy === 'newest-build' || strategy === 'digest';
}
