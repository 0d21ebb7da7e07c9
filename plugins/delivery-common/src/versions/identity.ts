import type { ImageVersion } from '../model/promotion';

/**
 * Tells the versions of one repository apart: by digest; without one, by the only
 * digest that the tag is known to have had; else by the tag. A tag that moved
 * names several digests, so it alone is a version of its own.
 *
 * @public
 * @param known - versions with a tag and a digest, and those of images
 * @returns undefined for a version with neither tag nor digest
 */
export function versionIds(
  known: readonly ImageVersion[],
): (version: ImageVersion) => string | undefined {
  const digests = new Map<string, Set<string>>();
  for (const { tag, digest } of known) {
    if (tag && digest) {
      digests.set(tag, (digests.get(tag) ?? new Set()).add(digest));
    }
  }
  return ({ tag, digest }) => {
    if (digest || !tag) {
      return digest;
    }
    const [only, ...others] = digests.get(tag) ?? [];
    return only && others.length === 0 ? only : `:${tag}`;
  };
}
