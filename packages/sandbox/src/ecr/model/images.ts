import type { RepositorySettings } from './types';

/**
 * Whether a tag can be moved to another image (`imageTagMutability` with its
 * exclusion filters).
 */
export function isTagMutable(
  { mutability, exclusionFilters }: RepositorySettings,
  tag: string,
): boolean {
  const excluded =
    mutability.endsWith('_WITH_EXCLUSION') &&
    exclusionFilters.some(({ filter }) => matchesWildcard(filter, tag));
  return mutability.startsWith('MUTABLE') !== excluded;
}

/**
 * Matches a text against a filter. `*` stands for any number of characters,
 * including none.
 */
export function matchesWildcard(filter: string, text: string): boolean {
  const [first, ...rest] = filter.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return text === filter;
  }
  let at = text.startsWith(first) ? first.length : -1;
  for (const part of rest) {
    const found = at < 0 ? -1 : text.indexOf(part, at);
    at = found < 0 ? -1 : found + part.length;
  }
  return at >= 0 && text.length - last.length >= at && text.endsWith(last);
}

/** Compares by code units, which is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
