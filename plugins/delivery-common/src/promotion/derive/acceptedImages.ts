import type { ImageVersion } from '../../model/promotion';
import type { CompiledPolicy, DatedVersion } from '../../image-updater';
import { promotionId } from '../identity';
import { findKnownImage } from '../knownImages';
import type { PromotionDraft } from '../PromotionDraft';
import { appliedTime } from '../stageTimes';
import { pushTime, tagPush } from '../tagPushes';
import type { KnownImage, Rollout } from '../types';
import {
  acceptedVersion,
  datedVersion,
  versionInReference,
} from './acceptance';
import type { PendingContext } from './pendingContext';

/**
 * A pushed image that the policy accepts.
 *
 * @internal
 */
export interface AcceptedImage extends DatedVersion {
  /** The id of its promotion. */
  id: string;
  image: KnownImage;
  /** When it was pushed under the tag of the version. */
  at: string;
}

/**
 * A rollout, to be compared with pushed images.
 *
 * @internal
 */
export interface DatedRollout extends DatedVersion {
  rollout: Rollout;
  /** When it was applied. */
  appliedAt?: string;
}

/**
 * The images that the policy accepts. `rejected` contains the ids of images
 * that it accepted only while their builds were unknown.
 *
 * @internal
 */
export function acceptedImages(
  { draft, repository }: PendingContext,
  policy: CompiledPolicy,
  images: KnownImage[],
): { accepted: AcceptedImage[]; rejected: string[] } {
  const accepted: AcceptedImage[] = [];
  const rejected: string[] = [];
  const idOf = (version: ImageVersion) =>
    promotionId(draft.ref, repository, versionInReference(policy, version), 1);
  for (const image of images) {
    const version = acceptedVersion(policy, image);
    if (version) {
      const { at } = tagPush(image, version.tag);
      const id = idOf(version);
      const pushedAt = pushTime(image);
      const dated = datedVersion(policy, version, at, image.builds, pushedAt);
      accepted.push({ ...dated, id, image, at });
      // Until it got this tag, it was accepted under another one.
      const others = image.tags.map(tag => idOf({ ...version, tag }));
      rejected.push(...others.filter(other => other !== id));
    } else if (image.builds) {
      const former = acceptedVersion(policy, { ...image, builds: undefined });
      rejected.push(...(former ? [idOf(former)] : []));
    }
  }
  return { accepted, rejected };
}

/**
 * A rollout with the times that the policy compares.
 *
 * @internal
 */
export function datedRollout(
  draft: PromotionDraft,
  policy: CompiledPolicy,
  rollout: Rollout,
): DatedRollout {
  const { promotionId: id, repository, version } = rollout;
  const appliedAt = appliedTime(draft.promotion(id)?.stages ?? {})?.at;
  const image = findKnownImage(draft.images, repository, version, appliedAt);
  const at = image ? tagPush(image, version.tag).at : appliedAt;
  return {
    ...datedVersion(
      policy,
      version,
      at,
      image?.builds,
      image && pushTime(image),
    ),
    rollout,
    appliedAt,
  };
}
