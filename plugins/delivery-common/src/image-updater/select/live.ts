import {
  type ContainerImage,
  type ContainerImageTag,
  findImage,
  parseContainerImage,
  sameImageTag,
  withImageTag,
} from '../image/image';
import type { ImagePolicy } from '../settings/images';

/**
 * What an application runs, and what is to be updated although it doesn't
 * (`force-update`), which has no tag.
 *
 * @public
 * @param images - `status.summary.images` of the Application
 */
export function liveImages(
  images: readonly string[],
  policies: readonly Pick<ImagePolicy, 'image' | 'forceUpdate'>[],
): ContainerImage[] {
  const live = images.map(parseContainerImage);
  for (const { image, forceUpdate } of policies) {
    if (forceUpdate && !findImage(live, image)) {
      live.push(withImageTag(image));
    }
  }
  return live;
}

/**
 * The live image that a policy updates: the first one of its name, whatever
 * its tag. Undefined where the application doesn't run it.
 *
 * @public
 * @param chosenDigest - under the strategy `digest`, which tells several containers of one image apart
 */
export function liveImageOf(
  live: readonly ContainerImage[],
  { image, strategy }: Pick<ImagePolicy, 'image' | 'strategy'>,
  chosenDigest?: string,
): ContainerImage | undefined {
  const first = findImage(live, image);
  return first && strategy === 'digest' && chosenDigest !== undefined
    ? liveOfDigest(live, image, chosenDigest) ?? first
    : first;
}

/** Of several containers of one image, the one with the followed tag, and of those one that is behind. */
function liveOfDigest(
  live: readonly ContainerImage[],
  image: ContainerImage,
  digest: string,
): ContainerImage | undefined {
  const same = live.filter(
    ({ registry, name }) => registry === image.registry && name === image.name,
  );
  const isBehind = ({ tag }: ContainerImage) =>
    tag !== undefined && tag.digest !== '' && tag.digest !== digest;
  const followed = image.tag?.name
    ? same.filter(({ tag }) => tag?.name === image.tag?.name)
    : [];
  return followed.find(isBehind) ?? followed.at(0) ?? same.find(isBehind);
}

/**
 * Whether a live image is to be changed to what was chosen. Any difference
 * counts, so that an older version can come after a newer one.
 *
 * @public
 */
export function needsUpdate(
  { image, strategy }: Pick<ImagePolicy, 'image' | 'strategy'>,
  live: ContainerImage,
  chosen: ContainerImageTag,
): boolean {
  const current = live.tag ?? { name: '', digest: '' };
  if (
    strategy === 'digest' &&
    (current.digest === '' || current.digest !== chosen.digest)
  ) {
    return true;
  }
  return (
    !sameImageTag(current, chosen) ||
    (image.kustomizeImage !== undefined &&
      (image.registry !== live.registry || image.name !== live.name))
  );
}
