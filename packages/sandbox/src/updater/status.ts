import {
  fullImageName,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  Condition,
  ImageUpdater,
  ImageUpdaterStatus,
  RecentUpdate,
} from './kubernetes/schemas';
import type { ImageChange } from './update/planUpdate';

/** The result of a cycle for one ImageUpdater. */
export interface CycleResult {
  applicationsMatched: number;
  imagesConsidered: number;
  imagesUpdated: number;
  imagesSkipped: number;
  errors: number;
  changes: ImageChange[];
}

/** A time in Kubernetes's format, in whole seconds. */
export function kubernetesTime(now: Date): string {
  return now.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The status during a cycle. */
export function reconcilingStatus(
  { metadata, status }: ImageUpdater,
  now: Date,
): ImageUpdaterStatus {
  return {
    conditions: withConditions(status?.conditions ?? [], now, [
      {
        type: 'Reconciling',
        status: 'True',
        reason: 'Reconciling',
        message: 'Image update check in progress.',
        observedGeneration: metadata.generation,
      },
    ]),
  };
}

/**
 * The status after a cycle. The recent updates stay until there are new ones.
 *
 * @param failure - what prevented the cycle from running
 */
export function completedStatus(
  updater: ImageUpdater,
  result: CycleResult,
  failure: Error | undefined,
  now: Date,
): ImageUpdaterStatus {
  const { metadata, status } = updater;
  const time = kubernetesTime(now);
  return {
    observedGeneration: metadata.generation,
    lastCheckedAt: time,
    applicationsMatched: result.applicationsMatched,
    imagesManaged: result.imagesConsidered,
    ...(result.imagesUpdated > 0 && {
      lastUpdatedAt: time,
      recentUpdates: recentUpdates(result.changes, time),
    }),
    conditions: withConditions(
      status?.conditions ?? [],
      now,
      completion(result, failure).map(condition => ({
        ...condition,
        observedGeneration: metadata.generation,
      })),
    ),
  };
}

/** Status, reason and message of a condition. */
type Verdict = [status: 'True' | 'False', reason: string, message: string];

function completion(
  result: CycleResult,
  failure: Error | undefined,
): Omit<Condition, 'lastTransitionTime'>[] {
  const verdicts: Record<string, Verdict> = {
    Reconciling: [
      'False',
      'Idle',
      'Last check completed. Awaiting next cycle.',
    ],
    ...verdictsOf(result, failure),
  };
  return Object.entries(verdicts).map(([type, [status, reason, message]]) => ({
    type,
    status,
    reason,
    message,
  }));
}

function verdictsOf(
  { applicationsMatched: matched, imagesUpdated, errors }: CycleResult,
  failure: Error | undefined,
): Record<'Error' | 'Ready', Verdict> {
  const updated = `${imagesUpdated} images updated.`;
  if (failure) {
    const { message } = failure;
    return {
      Error: ['True', 'ReconcileError', message],
      Ready: ['False', 'ReconcileFailed', `Reconciliation failed: ${message}`],
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
  present: readonly Condition[],
  now: Date,
  changes: readonly Omit<Condition, 'lastTransitionTime'>[],
): Condition[] {
  const conditions = [...present];
  for (const change of changes) {
    const at = conditions.findIndex(({ type }) => type === change.type);
    const kept =
      at >= 0 && conditions[at].status === change.status
        ? conditions[at].lastTransitionTime
        : undefined;
    const next = {
      ...change,
      lastTransitionTime: kept ?? kubernetesTime(now),
    };
    if (at < 0) {
      conditions.push(next);
    } else {
      conditions[at] = next;
    }
  }
  return conditions;
}

function recentUpdates(
  changes: readonly ImageChange[],
  updatedAt: string,
): RecentUpdate[] {
  const updates: RecentUpdate[] = [];
  for (const { image, oldTag, newTag } of changes) {
    const alias = image.alias || image.name;
    const newVersion = tagText(newTag);
    const same = updates.find(
      update => update.alias === alias && update.newVersion === newVersion,
    );
    if (same) {
      same.applicationsUpdated += 1;
    } else {
      updates.push({
        alias,
        image: fullImageName(image),
        newVersion,
        applicationsUpdated: 1,
        updatedAt,
        message: `Updated from ${tagText(oldTag)} to ${newVersion}.`,
      });
    }
  }
  return updates;
}
