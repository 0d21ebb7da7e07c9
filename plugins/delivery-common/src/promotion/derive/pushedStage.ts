import type { ImageVersion, Promotion } from '../../model/promotion';
import { findKnownImage } from '../knownImages';
import { appliedTime, orderStages, stageTimes } from '../stageTimes';
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
    stages: { ...promotion.stages, ...stageTimes('image', image) },
  });
}
