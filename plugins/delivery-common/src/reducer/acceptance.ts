import type { Application } from '../model/application';
import type { ImageVersion } from '../model/promotion';
import {
  type CompiledPolicy,
  type DatedVersion,
  judgePush,
  policyFor,
} from '../image-updater';
import { buildAge } from '../image-updater/select/judgePush';
import type { Draft } from './draft';
import { toPushedImage } from './registry';
import type { KnownImage } from './types';

/**
 * The policies by which the Image Updater takes new versions of a repository, one
 * for each alias; none if nothing names it, so that only a commit or a sync will
 * show a version.
 *
 * @internal
 */
export function policiesOf(
  draft: Draft,
  application: Application,
  repository: string,
): CompiledPolicy[] {
  const { imageUpdaters: updaters, updaterPlatform } = draft;
  return policyFor({
    application,
    repository,
    updaters,
    updaterPlatform,
  }).followed.map(({ compiled }) => compiled);
}

/**
 * The version that the Image Updater would write for an image that was pushed, if
 * its policy takes it. Whether it is newer than what runs is the strategy's to say.
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
  { strategy }: CompiledPolicy,
  version: ImageVersion,
): ImageVersion {
  return strategy.written(version);
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
  return {
    version,
    at,
    ...(policy.strategy.goesByBuildDate &&
      at !== undefined && { age: buildAge(policy, { pushedAt: at, builds }) }),
  };
}
