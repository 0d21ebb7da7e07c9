import type { ImageVersion, Promotion } from '../../model/promotion';
import type { StageSources } from '../../model/stages';
import { findKnownImage } from '../knownImages';
import { appliedTime, orderStages, stageTimes } from '../stageTimes';
import { tagPush } from '../tagPushes';
import type { KnownImage } from '../types';

/**
 * Adds the push to a promotion if its image is known. A known push is kept when
 * the image is gone. `written` is the version as written in the reference: its
 * tag can refer to another image than the one known before.
 *
 * @internal
 */
export function withPushedStage(
  images: KnownImage[],
  promotion: Promotion,
  written: ImageVersion = promotion.version,
): Promotion {
  const image = findKnownImage(
    images,
    promotion.repository,
    written,
    appliedTime(promotion.stages)?.at,
  );
  if (!image || promotion.rollback) {
    return promotion;
  }
  return orderStages({
    ...promotion,
    version: { ...promotion.version, digest: image.digest },
    stages: {
      ...promotion.stages,
      ...stageTimes('image', pushedUnder(image, promotion.version.tag)),
    },
  });
}

function pushedUnder(
  image: KnownImage,
  tag: string | undefined,
): StageSources['image'] {
  const { at, basis } = tagPush(image, tag);
  return { ...(basis === 'reported' && { pushedAt: at }), seenAt: at };
}
