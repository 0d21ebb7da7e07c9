import type { Application } from '../../model/application';
import type { Promotion, PromotionReason } from '../../model/promotion';
import { versionsByRepository } from '../applicationVersions';
import { isMovedRepository } from '../movedRepository';
import type { ObservedRepository } from '../observedRepository';
import { isAssessedSinceOperation, isRunning } from '../operations';
import { observed, orderStages } from '../stageTimes';
import { endReplaced } from './endings';
import { isLeftOut } from './rolledOut';

/**
 * Ends the promotions of an image that the application no longer uses, or the
 * live version if no pod runs it any more although another version of it was
 * applied.
 *
 * @internal
 */
export function endUnused(context: ObservedRepository): void {
  const { draft, application, repository, seenAt } = context;
  const { live, target } = draft.repositoryMemory(repository);
  const latest = live ?? target;
  const promotion = latest && draft.promotion(latest.id);
  if (!promotion || !isUnusedForGood(application, repository)) {
    return;
  }
  if (isLeftOut(application, repository)) {
    endAll(context, promotion);
  } else if (
    live &&
    target &&
    target.id !== live.id &&
    isApplied(application, repository)
  ) {
    endReplaced(draft, live.id, {
      by: draft.promotion(target.id),
      at: observed(seenAt),
    });
    draft.remember(repository, { live: undefined });
  }
}

function isApplied({ operation }: Application, repository: string): boolean {
  return versionsByRepository(operation?.images ?? []).has(repository);
}

/** Whether no pod uses a repository, and a full sync has nothing left to change. */
function isUnusedForGood(
  application: Application,
  repository: string,
): boolean {
  const { operation, health, images, sync } = application;
  return (
    images.length > 0 &&
    health.status === 'Healthy' &&
    sync.status === 'Synced' &&
    operation !== undefined &&
    !operation.partial &&
    !isRunning(operation) &&
    isAssessedSinceOperation(application) &&
    !versionsByRepository(images).has(repository)
  );
}

/** Ends the latest version, and every open promotion of the repository. */
function endAll(
  { draft, repository, seenAt }: ObservedRepository,
  latest: Promotion,
): void {
  const moved = Object.entries(draft.memory.repositories).find(
    ([other, memory]) => memory.live && isMovedRepository(repository, other),
  );
  const reason: PromotionReason = moved
    ? { code: 'promotion.image-moved', parameters: { repository: moved[0] } }
    : { code: 'promotion.image-unused', parameters: {} };
  const ending = {
    outcome: 'superseded' as const,
    outcomeAt: observed(seenAt),
    reason,
  };
  draft.write(orderStages({ ...latest, ...ending }));
  draft.remember(repository, {
    live: undefined,
    target: undefined,
    applied: [],
  });
  for (const pending of draft.promotionsIn(repository)) {
    if (!pending.outcome || pending.outcome === 'failed') {
      draft.write(orderStages({ ...pending, ...ending }));
    }
  }
}
