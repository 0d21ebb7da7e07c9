import type { DeployedChange, PerformanceBuckets } from '../types';

/** Noon of a day. */
const NOON = Date.parse('2026-11-02T12:00:00.000Z');
const MINUTE = 60_000;

/** Minutes after noon, in milliseconds since 1970. */
export function minute(minutes: number): number {
  return NOON + minutes * MINUTE;
}

/** Hours of the same day, each a bucket. */
export const HOURS: PerformanceBuckets = {
  startMs: minute(0),
  endMs: minute(180),
  stepMs: 60 * MINUTE,
};

/** One bucket with all of these hours. */
export const WHOLE: PerformanceBuckets = { ...HOURS, stepMs: 180 * MINUTE };

let count = 0;

/**
 * A version that was deployed at a minute, by default one that became Healthy a
 * minute later.
 */
export function changeAt(
  deployedAt: number,
  rest: Partial<DeployedChange> = {},
): DeployedChange {
  count += 1;
  return {
    id: `p${count}`,
    application: 'api-prod',
    repository: 'registry.example.com/api',
    version: { tag: `1.0.${count}` },
    deployedAt: minute(deployedAt),
    healthyAt: minute(deployedAt + 1),
    isFailed: false,
    isOpen: false,
    isRollback: false,
    isObserved: false,
    ...rest,
  };
}

/** A version that failed two minutes after it was deployed, and never recovered. */
export function failureAt(
  deployedAt: number,
  rest: Partial<DeployedChange> = {},
): DeployedChange {
  return changeAt(deployedAt, {
    healthyAt: undefined,
    failedAt: minute(deployedAt + 2),
    isFailed: true,
    ...rest,
  });
}

/** A lead time in minutes until each stage. */
export function leadTime(
  committed: number,
  synced: number,
  healthy: number,
): DeployedChange['leadTime'] {
  return {
    ms: (committed + synced + healthy) * MINUTE,
    stages: {
      proposed: 0,
      committed: committed * MINUTE,
      synced: synced * MINUTE,
      healthy: healthy * MINUTE,
    },
  };
}
