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
 * The known images of a repository after some observations.
 *
 * @internal
 */
export function imagesAfter(
  known: KnownImage[],
  observations: readonly (ImagePushed | ImageRemoved)[],
): KnownImage[] {
  return observations.reduce(
    (state, observation) => reduce(state, observation).state,
    { ...NOBODY, images: known },
  ).images;
}
