import { sameReference } from '../../images';
import type { Application } from '../../model/application';
import type { ApplicationObserved } from '../../model/observation';
import type {
  ImageVersion,
  Promotion,
  PromotionReason,
} from '../../model/promotion';
import type { Draft } from '../PromotionDraft';
import {
  finishedHistory,
  isAssessedSinceOperation,
  isPutBack,
  isRunning,
  versionsOf,
} from '../applicationVersions';
import { isSameImageElsewhere } from '../movedRepository';
import { endBy } from './endings';
import { isAtOrAfter, observed, orderStages, reported } from '../times';

/** Resources whose messages are told as the reason of a failure. */
const REASONS_SHOWN = 3;

/**
 * Moves what was synced on to `live` or `failed`, and ends what it replaces.
 *
 * @internal
 */
export function settleOutcomes(
  draft: Draft,
  { application, seenAt }: ApplicationObserved,
): void {
  const pods = versionsOf(application.images);
  for (const repository of Object.keys(draft.memory.repositories)) {
    const { target, live } = draft.repository(repository);
    const promotion = target && draft.promotion(target.id);
    if (target && promotion && target.id !== live?.id) {
      const running = pods.get(repository) ?? [];
      if (isDone(draft, application, repository, promotion, running)) {
        goLive(draft, application, repository, promotion, seenAt);
      } else {
        settleFailure(
          draft,
          application,
          repository,
          promotion,
          running,
          seenAt,
        );
      }
    }
  }
  for (const repository of Object.keys(draft.memory.repositories)) {
    endUnused(draft, application, repository, seenAt);
  }
}

/**
 * Done is: the operation is over, the application is compared since and Healthy,
 * and nothing but what was applied runs. It doesn't need to be Synced when the
 * head has moved on, after a rollback, or when it stays out of sync for good.
 */
function isDone(
  draft: Draft,
  application: Application,
  repository: string,
  promotion: Promotion,
  pods: ImageVersion[],
): boolean {
  const { applied, target } = draft.repository(repository);
  const { operation, sync } = application;
  const isAlone =
    pods.length > 0 &&
    pods.every(pod => applied.some(version => sameReference(pod, version))) &&
    pods.some(pod => target && sameReference(pod, target.version));
  const isCompared =
    sync.status === 'Synced' ||
    promotion.rollback === true ||
    !promotion.sync ||
    sync.revisions.join() !== promotion.sync.revisions.join() ||
    isAssessedSinceOperation(application);
  return (
    isAlone &&
    isCompared &&
    application.health.status === 'Healthy' &&
    (!operation || operation.phase === 'Succeeded' || !promotion.sync)
  );
}

function goLive(
  draft: Draft,
  application: Application,
  repository: string,
  promotion: Promotion,
  seenAt: string,
): void {
  const { target, live } = draft.repository(repository);
  const run = draft
    .runsOf(repository)
    .findLast(r => r.promotionId === promotion.id);
  const { lastTransitionTime } = application.health;
  const startedAt = promotion.sync?.startedAt ?? promotion.sync?.finishedAt;
  // The time moves only when the health changes, which a rollout needn't do; and
  // what was put back while nobody looked may have been healthy before.
  const moved =
    lastTransitionTime &&
    startedAt &&
    isAtOrAfter(lastTransitionTime, startedAt) &&
    !isPutBack(application, promotion.sync?.historyId);
  const healthy = moved ? reported(lastTransitionTime) : observed(seenAt);
  const { reason: _, ...others } = promotion;
  const done = orderStages({
    ...others,
    stages: { ...promotion.stages, healthy },
    outcome: 'live',
    outcomeAt: healthy,
  });
  draft.write(done);
  if (live) {
    endBy(draft, live.id, done, run, healthy);
  }
  draft.remember(repository, { live: target });
}

function settleFailure(
  draft: Draft,
  application: Application,
  repository: string,
  promotion: Promotion,
  pods: ImageVersion[],
  seenAt: string,
): void {
  const { health } = application;
  const { sync } = promotion;
  if (health.status !== 'Degraded' || !sync?.startedAt) {
    return;
  }
  const { target, historyId } = draft.repository(repository);
  const history = finishedHistory(application);
  const syncedAt = history.at(-1)?.deployStartedAt ?? sync.startedAt;
  const moved =
    health.lastTransitionTime &&
    isAtOrAfter(health.lastTransitionTime, sync.startedAt) &&
    isAtOrAfter(health.lastTransitionTime, syncedAt);
  const isAlone =
    pods.length === 1 &&
    target !== undefined &&
    sameReference(pods[0], target.version);
  const isOwn = isAssessedSinceOperation(application) && isAlone;
  const isSyncedSince = history.some(
    ({ id }) => historyId !== undefined && id > historyId,
  );
  if ((!moved && !isOwn) || (isSyncedSince && !isAlone)) {
    // The health of what ran before, or of what was synced since while nobody looked.
    return;
  }
  const at =
    promotion.outcome === 'failed' && promotion.outcomeAt
      ? promotion.outcomeAt
      : (moved &&
          health.lastTransitionTime &&
          reported(health.lastTransitionTime)) ||
        observed(seenAt);
  const message = degradedReason(application);
  const reason: PromotionReason | undefined = message
    ? { code: 'promotion.degraded', parameters: { message } }
    : undefined;
  const failed = orderStages({
    ...promotion,
    outcome: 'failed',
    outcomeAt: at,
    reason: reason ?? {
      code: 'promotion.degraded-unexplained',
      parameters: {},
    },
  });
  draft.write({
    ...failed,
    failure: {
      at,
      ...(reason && { reason }),
      ...promotion.failure,
    },
  });
}

/**
 * Why an application is Degraded, in Argo CD's words; undefined as long as it
 * gives no reason.
 *
 * @internal
 */
export function degradedReason(application: Application): string | undefined {
  const messages = application.resources.unwell
    .filter(resource => resource.health?.status === 'Degraded')
    .map(({ kind, name, health }) =>
      [`${kind} ${name}`, health?.message].filter(Boolean).join(': '),
    );
  if (application.health.message) {
    return application.health.message;
  }
  return messages.length
    ? messages.slice(0, REASONS_SHOWN).join('; ')
    : undefined;
}

/**
 * Ends the live version of an image that the application no longer uses, or that
 * no pod runs any more although another version of it was applied.
 */
function endUnused(
  draft: Draft,
  application: Application,
  repository: string,
  seenAt: string,
): void {
  const { live, target } = draft.repository(repository);
  const { operation, health, images, sync } = application;
  const promotion = live && draft.promotion(live.id);
  if (
    !live ||
    !promotion ||
    !images.length ||
    health.status !== 'Healthy' ||
    sync.status !== 'Synced' ||
    !operation ||
    operation.partial ||
    isRunning(operation) ||
    !isAssessedSinceOperation(application) ||
    versionsOf(images).has(repository)
  ) {
    return;
  }
  const isApplied = versionsOf(operation.images).has(repository);
  if (isApplied) {
    if (target && target.id !== live.id) {
      const by = draft.promotion(target.id);
      endBy(draft, live.id, by, undefined, observed(seenAt));
      draft.remember(repository, { live: undefined });
    }
    return;
  }
  if (!operation.images.length) {
    return;
  }
  const elsewhere = Object.entries(draft.memory.repositories).find(
    ([other, memory]) => memory.live && isSameImageElsewhere(repository, other),
  );
  const reason: PromotionReason = elsewhere
    ? {
        code: 'promotion.image-moved',
        parameters: { repository: elsewhere[0] },
      }
    : { code: 'promotion.image-unused', parameters: {} };
  draft.write(
    orderStages({
      ...promotion,
      outcome: 'superseded',
      outcomeAt: observed(seenAt),
      reason,
    }),
  );
  draft.remember(repository, {
    live: undefined,
    target: undefined,
    applied: [],
  });
  for (const waiting of draft.promotionsOf(repository)) {
    if (!waiting.outcome || waiting.outcome === 'failed') {
      draft.write(
        orderStages({
          ...waiting,
          outcome: 'superseded',
          outcomeAt: observed(seenAt),
          reason,
        }),
      );
    }
  }
}
