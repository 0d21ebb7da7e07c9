import { sameReference } from '../../images';
import type { ApplicationObserved } from '../../model/observation';
import type { Promotion } from '../../model/promotion';
import { versionsByRepository } from '../applicationVersions';
import { isDeployedAgain } from '../history';
import type { ObservedRepository } from '../observedRepository';
import { isAssessedSinceOperation } from '../operations';
import type { PromotionDraft } from '../PromotionDraft';
import { orderStages, stageTimes } from '../stageTimes';
import { isAtOrAfter } from '../times';
import { settleFailure } from './degraded';
import { endReplaced } from './endings';
import { isRolledOut, isSyncOver } from './rolledOut';
import { endUnused } from './unusedImages';

/**
 * Moves applied versions to `live` or `failed`, and ends the promotions that
 * they replace.
 *
 * @internal
 */
export function settleOutcomes(
  draft: PromotionDraft,
  { application, seenAt }: ApplicationObserved,
): void {
  const pods = versionsByRepository(application.images);
  const contexts = Object.keys(draft.memory.repositories).map(repository => ({
    draft,
    application,
    repository,
    pods: pods.get(repository) ?? [],
    seenAt,
  }));
  contexts.forEach(forgetLeftover);
  contexts.forEach(settleTarget);
  contexts.forEach(endUnused);
}

function settleTarget(context: ObservedRepository): void {
  const { draft, repository } = context;
  const { target, live } = draft.repositoryMemory(repository);
  const promotion = target && draft.promotion(target.id);
  if (!promotion || target.id === live?.id) {
    return;
  }
  if (isDone(context, promotion)) {
    goLive(context, promotion);
  } else {
    settleFailure(context, promotion);
  }
}

/**
 * Whether a version is live: its operation is over, the application was compared
 * since and is Healthy, and the version is rolled out.
 */
function isDone(context: ObservedRepository, promotion: Promotion): boolean {
  const { application } = context;
  return (
    application.health.status === 'Healthy' &&
    isCompared(context, promotion) &&
    isSyncOver(application, promotion) &&
    isRolledOut(context, promotion)
  );
}

/**
 * The application needn't be Synced if the head has moved on, after a rollback, or
 * if it permanently stays out of sync.
 */
function isCompared(
  { application }: ObservedRepository,
  { rollback, sync: own }: Promotion,
): boolean {
  const { sync } = application;
  return (
    sync.status === 'Synced' ||
    rollback === true ||
    !own ||
    sync.revisions.join() !== own.revisions.join() ||
    isAssessedSinceOperation(application)
  );
}

function goLive(context: ObservedRepository, promotion: Promotion): void {
  const { draft, application, repository, pods, seenAt } = context;
  const { target, live } = draft.repositoryMemory(repository);
  const rollout = draft
    .rolloutsIn(repository)
    .findLast(({ promotionId }) => promotionId === promotion.id);
  const { lastTransitionTime } = application.health;
  const stages = stageTimes('health', {
    ...(isTransitionOf(context, promotion) && {
      transitionAt: lastTransitionTime,
    }),
    seenAt,
  });
  const { reason: _, ...others } = promotion;
  const done = orderStages({
    ...others,
    stages: { ...promotion.stages, ...stages },
    outcome: 'live',
    outcomeAt: stages.healthy,
  });
  draft.write(done);
  if (live && stages.healthy) {
    endReplaced(draft, live.id, { by: done, rollout, at: stages.healthy });
  }
  const { applied } = draft.repositoryMemory(repository);
  const leftover = pods.filter(
    pod => !applied.some(version => sameReference(pod, version)),
  );
  draft.remember(repository, {
    live: target,
    leftover: leftover.length ? leftover : undefined,
  });
}

/** What no pod runs any more is no longer left over. */
function forgetLeftover({ draft, repository, pods }: ObservedRepository): void {
  const { leftover } = draft.repositoryMemory(repository);
  const rest = leftover?.filter(version =>
    pods.some(pod => sameReference(pod, version)),
  );
  if (leftover && rest?.length !== leftover.length) {
    draft.remember(repository, {
      leftover: rest?.length ? rest : undefined,
    });
  }
}

/**
 * Whether the last transition of the health belongs to the promotion. The time
 * moves only when the health changes, which a rollout needn't cause; and a
 * version that was deployed again may have been healthy before.
 */
function isTransitionOf(
  { application }: ObservedRepository,
  { sync }: Promotion,
): boolean {
  const { lastTransitionTime } = application.health;
  const startedAt = sync?.startedAt ?? sync?.finishedAt;
  return (
    lastTransitionTime !== undefined &&
    startedAt !== undefined &&
    isAtOrAfter(lastTransitionTime, startedAt) &&
    !isDeployedAgain(application, sync?.historyId)
  );
}
