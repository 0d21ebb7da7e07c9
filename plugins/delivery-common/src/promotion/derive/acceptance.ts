import { updaterEvidence } from '../../imageUpdaters';
import type { Application } from '../../model/application';
import type { ImageVersion } from '../../model/promotion';
import {
  type BuildAge,
  buildAge,
  compareByPolicy,
  type CompiledPolicy,
  compilePolicy,
  judgePush,
} from '../../policy';
import type { PromotionDraft } from '../PromotionDraft';
import { toPushedImage } from '../knownImages';
import type { KnownImage } from '../types';

/**
 * The policy by which the Image Updater selects new versions of a repository.
 * Undefined if it doesn't update the repository, so that only a commit or a sync
 * shows a version.
 *
 * @internal
 */
export function compiledPolicy(
  draft: PromotionDraft,
  application: Application,
  repository: string,
): CompiledPolicy | undefined {
  const { policy } = updaterEvidence(
    application,
    repository,
    draft.imageUpdaters,
  );
  const { updaterPlatform } = draft;
  return policy && compilePolicy(policy, { updaterPlatform });
}

/**
 * The version that the Image Updater would write for a pushed image, if its policy
 * accepts it. Whether that is newer than the current version, `comesAfter` decides.
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
  { policy }: CompiledPolicy,
  version: ImageVersion,
): ImageVersion {
  return policy.strategy === 'digest' || !version.tag
    ? version
    : { tag: version.tag };
}

/**
 * A version with its times, for strategies that don't order versions by name.
 *
 * @internal
 */
export interface DatedVersion {
  version: ImageVersion;
  /** When it was pushed, or else applied. */
  at?: string;
  /** Under `newest-build`; absent where nothing is known. */
  age?: BuildAge;
}

/**
 * A version with its age, as a policy reckons it.
 *
 * @internal
 */
export function datedVersion(
  policy: CompiledPolicy,
  version: ImageVersion,
  at: string | undefined,
  builds: KnownImage['builds'],
): DatedVersion {
  const goesByBuilds = policy.policy.strategy === 'newest-build';
  return {
    version,
    at,
    ...(goesByBuilds &&
      at !== undefined && { age: buildAge(policy, { pushedAt: at, builds }) }),
  };
}

/**
 * Whether the Image Updater would prefer `a` to `b`, by the order of the policy's
 * strategy. If the age decides and isn't known, neither comes after the other.
 *
 * @internal
 */
export function comesAfter(
  policy: CompiledPolicy,
  a: DatedVersion,
  b: DatedVersion,
): boolean {
  const [tag, other] = [a.version.tag, b.version.tag];
  switch (policy.policy.strategy) {
    case 'newest-build':
      return a.age !== undefined && b.age !== undefined && a.age.at > b.age.at;
    case 'digest':
      return a.at !== undefined && b.at !== undefined && a.at > b.at;
    default:
      return (
        tag !== undefined &&
        other !== undefined &&
        compareByPolicy(policy, { tag: other }, { tag }) < 0
      );
  }
}
