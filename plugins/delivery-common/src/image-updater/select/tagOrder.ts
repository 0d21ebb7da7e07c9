import type { PolicyProblem } from '../problem';
import type { RegistryVersion } from './types';

/**
 * The order in which a registry is configured to list its tags (`tagsortmode`
 * of the updater's registries). A known order replaces dates.
 *
 * @public
 */
export type TagSortMode = 'unsorted' | 'latest-first' | 'latest-last';

/**
 * Parses `tagsortmode`; unknown values count as unsorted.
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
 * Converts a list of tags to versions. Their dates only express their position
 * in the list. When the order replaces dates, the updater reads no images, so
 * it knows neither digests nor platforms.
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
