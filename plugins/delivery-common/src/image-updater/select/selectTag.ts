import { type ContainerImage, fullImageName } from '../image/image';
import { PolicyError } from '../problem';
import type { CompiledPolicy } from './CompiledPolicy';
import { VersionList } from './VersionList';
import { quoted } from '../text';
import type { RegistryVersion, VerdictCode } from './types';
import { refusalOfTag } from './verdict';

/**
 * The step before any image is read: the tags that remain after allow-tags,
 * ignore-tags and, for `digest`, the choice of the followed tag.
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
 * The step after images are read: the version that the updater sets, or the
 * warning that it logs if there is none.
 *
 * @public
 * @param image - the running image, which the warning names
 * @throws PolicyError for an invalid constraint, if there is any version to
 * compare with it
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
