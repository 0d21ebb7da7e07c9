import {
  type ImagePushed,
  type ImageRemoved,
  initialState,
  type KnownImage,
  reduce,
} from '@landfall/backstage-plugin-delivery-common';

/** A blank application, to reduce images that no application uses. */
const NOBODY = initialState({ instance: '', namespace: '', name: '' });

/**
 * The observed images of a repository, after the observations.
 *
 * @internal
 * @param known - what was known about them before
 */
export function imagesAfter(
  known: readonly KnownImage[],
  observations: readonly (ImagePushed | ImageRemoved)[],
): KnownImage[] {
  const images = new Map<string, KnownImage[]>(
    known.map(image => [image.digest, [image]]),
  );
  for (const observation of observations) {
    // One image at a time, since there may be thousands.
    const { state } = reduce(
      { ...NOBODY, images: images.get(observation.digest) ?? [] },
      observation,
    );
    images.set(observation.digest, state.images);
  }
  return [...images.values()].flat();
}
