import { type ContainerImage, fullImageName } from '../image/image';
import { PolicyError } from '../problem';
import type { CompiledPolicy } from './CompiledPolicy';
import { VersionList } from './VersionList';
import { quoted } from '../text';
import type { RegistryVersion, VerdictCode } from './types';
import { refusalOfTag } from './verdict';

/**
 * The step before anything is read of images: the tags of a list that
 * allow-tags, ignore-tags and, for `digest`, the followed tag leave.
 *
 * @public
 */
export function tagsToRead(
  tags: readonly string[],
  policy: CompiledPolicy,
): string[] {
  return [...new Set(tags)].filter(tag => !refusalOfTag(policy, tag));
}

/**
 * The step after it: the version that the updater sets, or why there is none,
 * as it words it in its log.
 *
 * @public
 * @param image - the image that runs, which the warning names
 * @throws PolicyError for a constraint that can't be read, if there is a version at all to hold against it
 */
export function selectTag(
  policy: CompiledPolicy,
  candidates: readonly RegistryVersion[],
  image: ContainerImage = policy.policy.image,
): { version: RegistryVersion } | { version: undefined; warning: string } {
  const { chosen, codes: found } = VersionList.of(candidates).choiceOf(policy);
  if (chosen) {
    return { version: chosen.version };
  }
  const some = (...codes: VerdictCode[]) =>
    found.some(code => codes.includes(code));
  if (policy.range instanceof PolicyError && some('constraint-invalid')) {
    throw policy.range;
  }
  const name = fullImageName(image);
  if (some('prerelease', 'outside-constraint')) {
    return {
      version: undefined,
      warning: `no tags for image ${name} matched constraint ${quoted(
        policy.constraint,
      )}`,
    };
  }
  return {
    version: undefined,
    warning: some('not-semver')
      ? `no tags for image ${name} matched by the semver strategy`
      : `no tags found for image ${name} in registry`,
  };
}
