import { type ContainerImage, findImage } from '../image/image';
import { PolicyError } from '../problem';
import { COMMON } from './common';
import type { UpdateStrategy } from './UpdateStrategy';

/** Follows the digest of one tag, which the constraint names. */
export const digest: UpdateStrategy = {
  ...COMMON,
  name: 'digest',
  constraint: 'followed-tag',
  readsMetadata: true,
  followsDigest: true,
  refuses: image =>
    image.tag?.name
      ? undefined
      : new PolicyError({
          code: 'constraint-missing',
          message: `cannot use update strategy 'digest' for image '${image.original}' without a version constraint`,
          advice: {
            code: 'advice.constraint-missing',
            parameters: { image: image.original },
          },
        }),
  follows: (tag, constraint) => tag === constraint,
  // The updater reads no dates from an index.
  needsBuildDate: builds => builds === 1,
  compare: () => 0,
  comesAfter: (a, b) => a.at !== undefined && b.at !== undefined && a.at > b.at,
  written: version => version,
  liveImage: (live, image, chosenDigest) => {
    const first = findImage(live, image);
    return first && chosenDigest !== undefined
      ? liveOfDigest(live, image, chosenDigest) ?? first
      : first;
  },
  differs: (current, chosen) =>
    current.digest === '' || current.digest !== chosen.digest,
};

/**
 * Among several containers of one image, prefers those with the followed tag,
 * and among these one with an outdated digest. Otherwise takes any container
 * with an outdated digest.
 */
function liveOfDigest(
  live: readonly ContainerImage[],
  image: ContainerImage,
  chosenDigest: string,
): ContainerImage | undefined {
  const same = live.filter(
    ({ registry, name }) => registry === image.registry && name === image.name,
  );
  const isBehind = ({ tag }: ContainerImage) =>
    tag !== undefined && tag.digest !== '' && tag.digest !== chosenDigest;
  const followed = image.tag?.name
    ? same.filter(({ tag }) => tag?.name === image.tag?.name)
    : [];
  return followed.find(isBehind) ?? followed.at(0) ?? same.find(isBehind);
}
