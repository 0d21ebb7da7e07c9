import { sameReference } from '../../images';
import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type { Promotion, PromotionReason } from '../../model/promotion';
import { finishedHistory } from '../history';
import type { ObservedRepository } from '../observedRepository';
import { isAssessedSinceOperation } from '../operations';
import { observed, orderStages, reported } from '../stageTimes';
import { isAtOrAfter } from '../times';

/**
 * Number of resources whose messages are quoted as the reason for a failure.
 */
const REASONS_SHOWN = 3;

/**
 * Marks a promotion as failed if the application is Degraded because of it.
 *
 * @internal
 */
export function settleFailure(
  context: ObservedRepository,
  promotion: Promotion,
): void {
  const { draft, application, seenAt } = context;
  const { health } = application;
  if (
    health.status !== 'Degraded' ||
    !promotion.sync?.startedAt ||
    !isOwnFailure(context, promotion.sync.startedAt)
  ) {
    return;
  }
  const at =
    promotion.outcome === 'failed' && promotion.outcomeAt
      ? promotion.outcomeAt
      : transitionSince(application, promotion.sync.startedAt) ??
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
  const failure = { at, ...(reason && { reason }) };
  draft.write({ ...failed, failure: { ...failure, ...promotion.failure } });
  // Once it has failed, its time may have been raised to that of a later stage.
  const isNew = promotion.outcome !== 'failed';
  if (isNew && promotion.failure && promotion.failure.at.at < at.at) {
    draft.rememberDegraded(promotion.id, failure);
  }
}

/**
 * False if the health is still that of the previous version, or that of a
 * version that was synced since without being observed.
 */
function isOwnFailure(
  { draft, application, repository, pods }: ObservedRepository,
  startedAt: string,
): boolean {
  const { target, historyId } = draft.repositoryMemory(repository);
  const isAlone =
    pods.length === 1 &&
    target !== undefined &&
    sameReference(pods[0], target.version);
  const isAssessed = isAssessedSinceOperation(application) && isAlone;
  const isSyncedSince = finishedHistory(application).some(
    ({ id }) => historyId !== undefined && id > historyId,
  );
  const hasMoved = transitionSince(application, startedAt) !== undefined;
  return (hasMoved || isAssessed) && (!isSyncedSince || isAlone);
}

/**
 * When the health changed. Undefined if that was before this sync or the latest
 * sync began.
 */
function transitionSince(application: Application, startedAt: string) {
  const { lastTransitionTime } = application.health;
  const latest: ApplicationHistoryEntry | undefined =
    finishedHistory(application).at(-1);
  return lastTransitionTime &&
    isAtOrAfter(lastTransitionTime, startedAt) &&
    isAtOrAfter(lastTransitionTime, latest?.deployStartedAt ?? startedAt)
    ? reported(lastTransitionTime)
    : undefined;
}

/**
 * Why an application is Degraded, in Argo CD's words; undefined as long as Argo CD
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
