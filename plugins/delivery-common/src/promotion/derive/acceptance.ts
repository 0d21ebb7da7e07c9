import {
  type CompiledPolicy,
  type DatedVersion,
  judgePush,
  policyFor,
} from '../../image-updater';
import { buildAge } from '../../image-updater/select/judgePush';
import type { Application } from '../../model/application';
import type { ImageVersion } from '../../model/promotion';
import { toPushedImage } from '../knownImages';
import type { PromotionDraft } from '../PromotionDraft';
import type { KnownImage } from '../types';

/**
 * The policies by which the Image Updater selects new versions of a repository,
 * one per alias. Empty if it doesn't update the repository: then only a commit
 * or a sync shows a version.
 *
 * @internal
 */
export function compiledPolicies(
  { imageUpdaters: updaters, updaterPlatform }: PromotionDraft,
  application: Application,
  repository: string,
): CompiledPolicy[] {
  return policyFor({
    application,
    repository,
    updaters,
    updaterPlatform,
  }).followed.map(({ compiled }) => compiled);
}

/**
 * The version that the Image Updater would write for a pushed image, if its
 * policy accepts it. The strategy decides whether that is newer than the
 * current version.
 *
 * @internal
 */
export function acceptedVersion(
  policy: CompiledPolicy,
  image: KnownImage,
): ImageVersion | undefined {
  const { version } = judgePush(policy, toPushedImage(image));
  return version && { ...version, digest: image.digest };
}

/**
 * The part of a version that the Image Updater writes into a reference, for the
 * ids of promotions: the digest only under the strategy that follows digests.
 *
 * @internal
 */
export function versionInReference(
  { strategy }: CompiledPolicy,
  version: ImageVersion,
): ImageVersion {
  return strategy.written(version);
}

/**
 * A version with its age as the policy determines it. `at` is when it was pushed
 * under its tag, or else applied; the image itself can be older.
 *
 * @internal
 */
export function datedVersion(
  policy: CompiledPolicy,
  version: ImageVersion,
  at: string | undefined,
  builds: KnownImage['builds'],
  pushedAt: string | undefined = at,
): DatedVersion {
  return {
    version,
    at,
    ...(policy.strategy.goesByBuildDate &&
      pushedAt !== undefined && {
        age: buildAge(policy, { pushedAt, builds }),
      }),
  };
}
