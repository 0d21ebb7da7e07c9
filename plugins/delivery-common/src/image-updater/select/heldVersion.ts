import type { CompiledPolicy } from './CompiledPolicy';
import { readVersion } from './readVersion';
import type { VersionVerdict } from './types';
import type { VersionList } from './VersionList';

/**
 * The newest version that a constraint keeps from replacing the running one: it was
 * pushed later, isn't lower, and only the constraint excludes it. Undefined if there
 * is none, for example because the running tag isn't a version.
 *
 * @public
 * @param running - the running tag
 */
export function heldVersion(
  policy: CompiledPolicy,
  list: VersionList,
  running: string | undefined,
): VersionVerdict | undefined {
  if (!running) {
    return undefined;
  }
  const { versions } = list;
  const verdicts = list.verdictsOf(policy);
  // Oldest first. Where the running one is no longer listed, all may be newer.
  const runningAt = versions.findLastIndex(({ tag }) => tag === running);
  for (let at = versions.length - 1; at > runningAt; at--) {
    // The time an image was first observed doesn't reveal which one is newer.
    if (
      verdicts[at].code === 'outside-constraint' &&
      versions[at].pushedAt !== undefined &&
      list.comesBefore(policy, readVersion({ tag: running }), versions[at].tag)
    ) {
      return verdicts[at];
    }
  }
  return undefined;
}
