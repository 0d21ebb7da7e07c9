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
  policy: Pick<ImagePolicy, 'image' | 'strategy'>,
  chosenDigest?: string,
): ContainerImage | undefined {
  return strategyOf(policy).liveImage(live, policy.image, chosenDigest);
}

/**
 * Whether a live image is to be changed to what was chosen. Any difference
 * counts, so that an older version can come after a newer one.
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
