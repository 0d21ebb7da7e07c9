import type {
  Application,
  ApplicationOperation,
} from '../../model/application';
import type { ApplicationObserved } from '../../model/observation';
import {
  type RepositoryVersions,
  versionsByRepository,
} from '../applicationVersions';
import { isFailed, isRunning } from '../operations';
import type { PromotionDraft } from '../PromotionDraft';
import type { FailedOperation } from '../types';
import {
  accountForHistory,
  type AppliedRepository,
  driftedVersion,
  syncedVersion,
} from './appliedVersion';
import { startRollout } from './startRollout';

/** Number of failed operations to remember. */
const FAILURES_KEPT = 8;

/**
 * Finds what was applied since the last observation, and starts its rollout.
 * The images in the operation's own result are the best evidence, then
 * parameters of a new history entry, then live pods after a new history entry.
 * If pods permanently run a version that no sync applied, somebody changed them
 * without Argo CD. That counts as a rollout too, one without a sync.
 *
 * @internal
 */
export function findApplied(
  draft: PromotionDraft,
  { application, seenAt }: ApplicationObserved,
): void {
  const finished = finishedOperation(draft, application);
  const pods = versionsByRepository(application.images);
  const results: RepositoryVersions =
    finished?.phase === 'Succeeded' && !finished.dryRun
      ? versionsByRepository(finished.images)
      : new Map();
  const repositories = new Set([
    ...pods.keys(),
    ...results.keys(),
    ...Object.keys(draft.memory.repositories),
  ]);
  for (const repository of repositories) {
    applyRepository({
      draft,
      application,
      repository,
      pods: pods.get(repository) ?? [],
      results: results.get(repository) ?? [],
      seenAt,
    });
  }
  if (finished) {
    recordFinished(draft, finished);
  }
}

/** The operation, if it ended since the last observation. */
function finishedOperation(
  draft: PromotionDraft,
  { operation }: Application,
): ApplicationOperation | undefined {
  const isOver = operation !== undefined && !isRunning(operation);
  return isOver && draft.memory.operation?.finished === false
    ? operation
    : undefined;
}

function applyRepository(context: AppliedRepository): void {
  const synced = syncedVersion(context);
  if (synced) {
    startRollout(context, synced);
  }
  const drifted = driftedVersion(context);
  if (drifted) {
    startRollout(context, drifted);
  }
  accountForHistory(context);
}

function recordFinished(
  draft: PromotionDraft,
  operation: ApplicationOperation,
): void {
  const { memory } = draft;
  if (!memory.operation) {
    return;
  }
  const failures =
    isFailed(operation) && !operation.dryRun
      ? [...memory.failures, toFailure(operation, memory.operation.position)]
      : undefined;
  draft.memory = {
    ...memory,
    operation: { ...memory.operation, finished: true },
    ...(failures && { failures: failures.slice(-FAILURES_KEPT) }),
  };
}

function toFailure(
  { revisions, startedAt, finishedAt, message }: ApplicationOperation,
  position: number,
): FailedOperation {
  return {
    revisions,
    startedAt,
    ...(finishedAt && { finishedAt }),
    ...(message && { message }),
    position,
  };
}
