import type { PolicyProblem } from '../problem';
import type { RegistryVersion } from './types';

/**
 * How a registry is said to list its tags (`tagsortmode` of the updater's
 * registries), where its order stands in for dates.
 *
 * @public
 */
export type TagSortMode = 'unsorted' | 'latest-first' | 'latest-last';

/**
 * Reads `tagsortmode`; what is unknown counts as unsorted.
 *
 * @public
 */
export function parseTagSortMode(
  text: string,
  warn: (message: PolicyProblem['message']) => void,
): TagSortMode {
  const mode = text.toLowerCase();
  switch (mode) {
    case 'latest-first':
    case 'latest-last':
      return mode;
    case 'none':
    case '':
      return 'unsorted';
    default:
      warn(`unknown tag list sort mode: ${text}`);
      return 'unsorted';
  }
}

/**
 * Versions of a list of tags by their place in it, with dates that only say
 * their order. Where the order stands in for dates the updater reads nothing of
 * the images, so it knows neither digests nor platforms.
 *
 * @public
 */
export function versionsInOrder(
  tags: readonly string[],
  mode: TagSortMode,
): RegistryVersion[] {
  return tags.map((tag, i) => {
    const seconds = mode === 'latest-first' ? tags.length - i : i;
    return {
      tag,
      ...(mode !== 'unsorted' && {
        builds: [{ builtAt: new Date(seconds * 1000).toISOString() }],
      }),
    };
  });
}
