import type { Application } from '../../model/application';
import type { PodFailuresObserved } from '../../model/observation';
import type { PromotionDraft } from '../PromotionDraft';
import { sameJson } from '../sameJson';

/**
 * Whether pods of an application may fail. Argo CD calls an application
 * Progressing until a Deployment exceeds its deadline, which is ten minutes by
 * default, even if its pods can't start.
 *
 * @public
 */
export function mayHaveFailingPods({
  health,
}: Pick<Application, 'health'>): boolean {
  return health.status === 'Degraded' || health.status === 'Progressing';
}

/**
 * Remembers why pods fail, as long as the application isn't well.
 *
 * @internal
 */
export function recordPodFailures(
  draft: PromotionDraft,
  { failures }: PodFailuresObserved,
): void {
  const { application, goneAt, memory } = draft;
  if (
    !application ||
    goneAt ||
    !mayHaveFailingPods(application) ||
    sameJson(memory.podFailures ?? [], failures)
  ) {
    return;
  }
  draft.memory = withoutPodFailures(draft);
  if (failures.length > 0) {
    draft.memory = { ...draft.memory, podFailures: [...failures] };
  }
}

/**
 * Forgets why pods failed once the application is well.
 *
 * @internal
 */
export function forgetPodFailures(draft: PromotionDraft): void {
  const { application, memory } = draft;
  if (memory.podFailures && application && !mayHaveFailingPods(application)) {
    draft.memory = withoutPodFailures(draft);
  }
}

function withoutPodFailures({ memory }: PromotionDraft) {
  const { podFailures: _, ...others } = memory;
  return others;
}
