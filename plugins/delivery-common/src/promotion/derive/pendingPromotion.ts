import type { ApplicationOperation } from '../../model/application';
import type { ImageVersion, Promotion } from '../../model/promotion';
import { isFailed, isRunning } from '../operations';
import type { PromotionDraft } from '../PromotionDraft';
import { syncFailed } from '../reasons';
import { orderStages, reported, stageTimes } from '../stageTimes';
import type { Rollout } from '../types';
import {
  covers,
  undoesRollback,
  type VersionEvidence,
} from '../versionEvidence';
import type { PromotionEnding } from './candidateEnding';
import { commitOfEvidence } from './commitStage';
import type { PendingContext } from './pendingContext';
import { isSettled } from './settledEvidence';
import { supersededBy } from './superseded';

/**
 * The promotion of a version that is committed, or is in the parameters of the
 * application, but not applied.
 *
 * @param evidence - all evidence of the version that no rollout of it covers
 * @internal
 */
export function pendingPromotion(
  context: PendingContext,
  id: string,
  evidence: VersionEvidence[],
): Promotion {
  const { draft, repository, rollouts } = context;
  const counting = countingEvidence(draft, evidence, rollouts);
  const first = counting.find(({ exact }) => exact) ?? counting[0];
  const superseding = coveringRollout(
    draft,
    rollouts,
    counting[counting.length - 1],
  );
  const attempt = latestAttempt(context, first);
  return orderStages({
    id,
    application: draft.ref,
    repository,
    version: first.version,
    ...previousVersion(context, superseding),
    stages: stageTimes('evidence', first),
    ...commitOfEvidence(first),
    ...firstFailure(draft, first),
    ...(!superseding &&
      undoesRollback(draft, rollouts, first) && { undoesRollback: true }),
    ...(attempt && { sync: syncOfAttempt(attempt) }),
    ...(superseding
      ? supersededBy(draft, superseding)
      : settledEnding(draft, counting) ?? (attempt && failedEnding(attempt))),
  });
}

/**
 * If a version was committed again after it was superseded, only the new commit
 * counts.
 */
function countingEvidence(
  draft: PromotionDraft,
  evidence: VersionEvidence[],
  rollouts: Rollout[],
): VersionEvidence[] {
  const uncovered = evidence.filter(
    item => !coveringRollout(draft, rollouts, item),
  );
  return uncovered.length ? uncovered : evidence;
}

function coveringRollout(
  { memory }: PromotionDraft,
  rollouts: Rollout[],
  evidence: VersionEvidence,
): Rollout | undefined {
  return rollouts.find(rollout => covers(memory, rollout, evidence));
}

function previousVersion(
  { draft, repository }: PendingContext,
  superseding: Rollout | undefined,
): { previous?: ImageVersion } {
  const previous = superseding
    ? draft.promotion(superseding.promotionId)?.previous
    : draft.currentVersion(repository);
  return previous ? { previous } : {};
}

/** The latest operation, if it tries or tried to apply the evidence, and hasn't succeeded. */
function latestAttempt(
  { draft: { memory }, application: { operation } }: PendingContext,
  evidence: VersionEvidence,
): ApplicationOperation | undefined {
  const isAttempt =
    operation &&
    !operation.dryRun &&
    (isRunning(operation) || isFailed(operation)) &&
    covers(
      memory,
      {
        revisions: operation.revisions,
        position: memory.operation?.position ?? memory.position,
      },
      evidence,
    );
  return isAttempt ? operation : undefined;
}

function syncOfAttempt({
  revisions,
  startedAt,
  finishedAt,
  initiatedBy,
  message,
}: ApplicationOperation): Promotion['sync'] {
  return {
    revisions,
    startedAt,
    ...(finishedAt && { finishedAt }),
    ...(initiatedBy && { initiatedBy }),
    ...(message && { message }),
  };
}

/** What is synced and doesn't run isn't pending. */
function settledEnding(
  draft: PromotionDraft,
  evidence: VersionEvidence[],
): PromotionEnding | undefined {
  const { settled } = draft.memory;
  return settled && evidence.every(item => isSettled(draft, item))
    ? {
        outcome: 'superseded',
        outcomeAt: reported(settled.at),
        reason: { code: 'promotion.not-applied', parameters: {} },
      }
    : undefined;
}

function failedEnding(attempt: ApplicationOperation): PromotionEnding {
  return isFailed(attempt)
    ? {
        outcome: 'failed',
        outcomeAt: reported(attempt.finishedAt ?? attempt.startedAt),
        reason: syncFailed(attempt.message),
      }
    : {};
}

function firstFailure(
  { memory }: PromotionDraft,
  evidence: VersionEvidence,
): Pick<Promotion, 'failure'> {
  const failure = memory.failures.find(failed =>
    covers(memory, failed, evidence),
  );
  const reason = syncFailed(failure?.message);
  return failure
    ? {
        failure: {
          at: reported(failure.finishedAt ?? failure.startedAt),
          ...(reason && { reason }),
        },
      }
    : {};
}
