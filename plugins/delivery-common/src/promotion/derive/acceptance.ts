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
import type { Draft } from '../PromotionDraft';
import { toPushedImage } from '../knownImages';
import type { KnownImage } from '../types';

/**
 * The policy by which the Image Updater takes new versions of a repository;
 * undefined if nothing names it, so that only a commit or a sync will show a version.
 *
 * @internal
 */
export function policyOf(
  draft: Draft,
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
 * The version that the Image Updater would write for an image that was pushed, if
 * its policy takes it. Whether it is newer than what runs is `comesAfter`'s to say.
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
 * What a reference is written with, for the ids of promotions: a digest only
 * under the strategy that follows digests.
 *
 * @internal
 */
export function asWritten(
  { policy }: CompiledPolicy,
  version: ImageVersion,
): ImageVersion {
  return policy.strategy === 'digest' || !version.tag
    ? version
    : { tag: version.tag };
}

/**
 * A version with what stands for its age where names have no order.
 *
 * @internal
 */
export interface DatedVersion {
  version: ImageVersion;
  /** When it came into the registry, or else was applied. */
  at?: string;
  /** Under `newest-build`; absent where nothing is known. */
  age?: BuildAge;
}

/**
 * A version with its age by a policy.
 *
 * @internal
 */
export function dated(
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
 * Whether the Image Updater would take `a` over `b`, by the order of the policy's
 * strategy. Where age decides and isn't known, none comes after the other.
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
