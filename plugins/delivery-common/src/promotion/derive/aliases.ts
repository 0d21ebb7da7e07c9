import { type CompiledPolicy, judgePush } from '../../image-updater';
import type { Rollout } from '../types';

/**
 * The rollouts of a repository that an alias may have caused. A version that
 * only another alias accepts runs in the containers of that alias, so it says
 * nothing about the version that this alias is compared with.
 *
 * @internal
 */
export function rolloutsOfAlias(
  policy: CompiledPolicy,
  policies: readonly CompiledPolicy[],
  rollouts: readonly Rollout[],
): Rollout[] {
  if (policies.length < 2) {
    return [...rollouts];
  }
  return rollouts.filter(
    rollout =>
      accepts(policy, rollout) ||
      !policies.some(other => accepts(other, rollout)),
  );
}

function accepts(
  policy: CompiledPolicy,
  { version: { tag } }: Rollout,
): boolean {
  return tag === undefined || judgePush(policy, { tags: [tag] }).accepted;
}
