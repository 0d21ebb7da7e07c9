import { findImage, sameImageTag } from '../image/image';
import { type ReadVersion, readVersion } from '../select/readVersion';
import { compareText } from '../text';
import type { UpdateStrategy } from './UpdateStrategy';

/**
 * Defaults of a strategy: it chooses among all tags and writes only the tag.
 */
export const COMMON = {
  constraint: 'unused',
  readsMetadata: false,
  goesByBuildDate: false,
  followsDigest: false,
  rangeOf: () => undefined,
  refuses: () => undefined,
  follows: () => true,
  needsBuildDate: () => false,
  written: version => (version.tag ? { tag: version.tag } : version),
  liveImage: findImage,
  differs: (current, chosen) => !sameImageTag(current, chosen),
} satisfies Partial<UpdateStrategy>;

/** `comesAfter` for a strategy that compares only tag names. */
export function comesAfterByName(
  compare: (a: ReadVersion, b: ReadVersion) => number,
): UpdateStrategy['comesAfter'] {
  return (a, b) => {
    const [tag, other] = [a.version.tag, b.version.tag];
    return (
      tag !== undefined &&
      other !== undefined &&
      (compare(readVersion({ tag }), readVersion({ tag: other })) ||
        compareText(tag, other)) > 0
    );
  };
}
