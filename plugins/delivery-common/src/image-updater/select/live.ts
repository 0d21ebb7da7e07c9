import {
  type ContainerImage,
  type ContainerImageTag,
  findImage,
  parseContainerImage,
  withImageTag,
} from '../image/image';
import type { ImagePolicy } from '../settings/images';
import { strategyOf } from '../strategies/registry';

/**
 * The images that an application runs, and those that are updated although it
 * doesn't run them (`force-update`). The latter have no tag.
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
 * The live image that a policy updates: the first one with its name, whatever
 * its tag. Undefined if the application doesn't run it.
 *
 * @public
 * @param chosenDigest - under the strategy `digest`, to
 * distinguish several containers of one image
 */
export function liveImageOf(
  live: readonly ContainerImage[],
  policy: Pick<ImagePolicy, 'image' | 'strategy'>,
  chosenDigest?: string,
): ContainerImage | undefined {
  return strategyOf(policy).liveImage(live, policy.image, chosenDigest);
}

/**
 * Whether a live image must be changed to the chosen version. Any difference
 * counts, so an older version can replace a newer one.
 *
 * @public
 */
export function needsUpdate(
  policy: Pick<ImagePolicy, 'image' | 'strategy'>,
  live: ContainerImage,
  chosen: ContainerImageTag,
): boolean {
  const current = live.tag ?? { name: '', digest: '' };
  const { image } = policy;
  return (
    strategyOf(policy).differs(current, chosen) ||
    (image.kustomizeImage !== undefined &&
      (image.registry !== live.registry || image.name !== live.name))
  );
}
