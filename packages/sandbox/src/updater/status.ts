import {
  fullImageName,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import { timestamp } from '../argocd/time';
import type { Condition, ImageUpdater } from './kubernetes/schemas';
import type { ImageChange } from './update/planUpdate';

/** The result of a cycle for one ImageUpdater. */
export interface CycleResult {
  applicationsMatched: number;
  imagesConsidered: number;
  updates: ImageChange[];
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
 * The status after a cycle. The last updates stay until there are new ones.
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
    ...(result.updates.length > 0 && {
      lastUpdatedAt: time,
      recentUpdates: recentUpdates(result.updates, time),
    }),
    conditions: withConditions(updater, now, {
      Reconciling: ['False', 'Idle', message],
      ...verdictsOf(result),
    }),
  };
}

/** The updates of one image to one version count as one. */
function recentUpdates(updates: readonly ImageChange[], updatedAt: string) {
  const recent = new Map<string, { applicationsUpdated: number }>();
  for (const { image, oldTag, newTag } of updates) {
    const alias = image.alias || image.name;
    const newVersion = tagText(newTag);
    const key = JSON.stringify([alias, newVersion]);
    const update = recent.get(key) ?? {
      alias,
      image: fullImageName(image),
      newVersion,
      applicationsUpdated: 0,
      updatedAt,
      message: `Updated from ${tagText(oldTag)} to ${newVersion}.`,
    };
    update.applicationsUpdated += 1;
    recent.set(key, update);
  }
  return [...recent.values()];
}

/** Status, reason and message of a condition. */
type Verdict = [status: 'True' | 'False', reason: string, message: string];

function verdictsOf(result: CycleResult): Record<'Error' | 'Ready', Verdict> {
  const { applicationsMatched, errors, failure, updates } = result;
  const matched = `Reconciled ${applicationsMatched} applications`;
  const updated = `${updates.length} images updated.`;
  if (failure !== undefined) {
    return {
      Error: ['True', 'ReconcileError', failure],
      Ready: ['False', 'ReconcileFailed', `Reconciliation failed: ${failure}`],
    };
  }
  if (errors > 0) {
    const message = `${errors} error(s) occurred during image update checks.`;
    const done = `${matched} with ${errors} errors, ${updated}`;
    return {
      Error: ['True', 'PartialErrors', message],
      Ready: ['True', 'ReconcileCompletedWithErrors', done],
    };
  }
  return {
    Error: ['False', 'NoErrors', 'No errors during last reconciliation.'],
    Ready: ['True', 'ReconcileSucceeded', `${matched}, ${updated}`],
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
