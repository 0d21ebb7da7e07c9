import type { Warn } from './warn';

/** How the newest of the allowed tags is found. */
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
export function parseStrategy(text: string, warn: Warn): UpdateStrategy {
  const name = text.toLowerCase();
  const strategy = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (!strategy) {
    warn(`Unknown sort option ${text} -- using semver`);
    return 'semver';
  }
  if (strategy !== name) {
    warn(
      `"${name}" strategy has been renamed to "${strategy}". Please switch to the new convention as support for the old naming convention will be removed in future versions.`,
    );
  }
  return strategy;
}

/** Whether a strategy needs to know when an image was built, or its digest. */
export function needsMetadata(strategy: UpdateStrategy): boolean {
  return strategy === 'newest-build' || strategy === 'digest';
}
