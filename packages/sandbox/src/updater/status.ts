import { timestamp } from '../argocd/time';
import type { Condition, ImageUpdater } from './kubernetes/schemas';

/** The result of a cycle for one ImageUpdater. */
export interface CycleResult {
  applicationsMatched: number;
  imagesConsidered: number;
  imagesUpdated: number;
  errors: number;
  /** What prevented the cycle from running. */
  failure?: string;
}

/** The status during a cycle. */
export function reconcilingStatus(updater: ImageUpdater, now: Date) {
  const message = 'Image update check in progress.';
  return {
    conditions: withConditions(updater, now, {
      Reconciling: ['True', 'Reconciling', message],
    }),
  };
}

/**
 * The status after a cycle. The time of the last update stays until there is a
 * new one.
 */
export function completedStatus(
  updater: ImageUpdater,
  result: CycleResult,
  now: Date,
): object {
  const time = timestamp(now.getTime());
  const message = 'Last check completed. Awaiting next cycle.';
  return {
    observedGeneration: updater.metadata.generation,
    lastCheckedAt: time,
    applicationsMatched: result.applicationsMatched,
    imagesManaged: result.imagesConsidered,
    ...(result.imagesUpdated > 0 && { lastUpdatedAt: time }),
    conditions: withConditions(updater, now, {
      Reconciling: ['False', 'Idle', message],
      ...verdictsOf(result),
    }),
  };
}

/** Status, reason and message of a condition. */
type Verdict = [status: 'True' | 'False', reason: string, message: string];

function verdictsOf(result: CycleResult): Record<'Error' | 'Ready', Verdict> {
  const { applicationsMatched: matched, errors, failure } = result;
  const updated = `${result.imagesUpdated} images updated.`;
  if (failure !== undefined) {
    return {
      Error: ['True', 'ReconcileError', failure],
      Ready: ['False', 'ReconcileFailed', `Reconciliation failed: ${failure}`],
    };
  }
  return errors > 0
    ? {
        Error: [
          'True',
          'PartialErrors',
          `${errors} error(s) occurred during image update checks.`,
        ],
        Ready: [
          'True',
          'ReconcileCompletedWithErrors',
          `Reconciled ${matched} applications with ${errors} errors, ${updated}`,
        ],
      }
    : {
        Error: ['False', 'NoErrors', 'No errors during last reconciliation.'],
        Ready: [
          'True',
          'ReconcileSucceeded',
          `Reconciled ${matched} applications, ${updated}`,
        ],
      };
}

/**
 * Conditions keep their position, and their time while their status is
 * unchanged.
 */
function withConditions(
  { metadata, status: before }: ImageUpdater,
  now: Date,
  verdicts: Record<string, Verdict>,
): Condition[] {
  const conditions = new Map(
    before?.conditions?.map(condition => [condition.type, condition]),
  );
  for (const [type, [status, reason, message]] of Object.entries(verdicts)) {
    const last = conditions.get(type);
    conditions.set(type, {
      type,
      status,
      reason,
      message,
      observedGeneration: metadata.generation,
      lastTransitionTime:
        last?.status === status
          ? last.lastTransitionTime
          : timestamp(now.getTime()),
    });
  }
  return [...conditions.values()];
}
