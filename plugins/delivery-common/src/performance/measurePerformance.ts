import { LEAD_TIME_STAGES } from './deployedChange';
import { ChangeHistory } from './history';
import { percentile } from './percentile';
import type {
  DeployedChange,
  DurationFigures,
  LeftOutReason,
  PerformanceBuckets,
  PerformanceFigures,
} from './types';

/** Counts of what is left out; a reason without any isn't listed. */
class Counts {
  readonly byReason: Partial<Record<LeftOutReason, number>> = {};

  add(reason: LeftOutReason | undefined, count = 1): void {
    if (reason !== undefined && count > 0) {
      this.byReason[reason] = (this.byReason[reason] ?? 0) + count;
    }
  }
}

/**
 * The figures of delivery performance in each of some consecutive buckets, oldest
 * first.
 *
 * @public
 * @param changes - all that are known of some applications, whenever they were
 * deployed: a version may have been deployed before, and what restores a failed one
 * may come later
 * @param watchedSince - when Landfall first observed an application, in milliseconds
 * since 1970
 */
export function measurePerformance(
  changes: readonly DeployedChange[],
  buckets: PerformanceBuckets,
  watchedSince: (application: string) => number,
): PerformanceFigures[] {
  const { startMs, endMs, stepMs } = buckets;
  const history = new ChangeHistory(changes);
  const groups = Array.from(
    { length: bucketCount(buckets) },
    (): DeployedChange[] => [],
  );
  for (const change of changes) {
    const { deployedAt } = change;
    if (deployedAt >= startMs && deployedAt < endMs) {
      groups[Math.floor((deployedAt - startMs) / stepMs)].push(change);
    }
  }
  return groups.map(group => figuresOf(group, history, watchedSince));
}

/**
 * How many buckets there are.
 *
 * @public
 */
export function bucketCount({
  startMs,
  endMs,
  stepMs,
}: PerformanceBuckets): number {
  return Math.max(0, Math.ceil((endMs - startMs) / stepMs));
}

function figuresOf(
  changes: readonly DeployedChange[],
  history: ChangeHistory,
  watchedSince: (application: string) => number,
): PerformanceFigures {
  const leftOut = new Counts();
  const counted = changes.filter(change => {
    const reason = reasonToLeaveOut(change, history, watchedSince);
    leftOut.add(reason);
    return reason === undefined;
  });
  const deployments = groupByDeployment(counted);
  const failed = deployments.filter(isFailedDeployment);
  const healthy = counted.filter(({ healthyAt }) => healthyAt !== undefined);
  const leadTimes = healthy.flatMap(({ leadTime }) => leadTime ?? []);
  leftOut.add('no-push-time', healthy.length - leadTimes.length);
  const restoreTimes = failed.flatMap(deployment => {
    const result = restoreTimeOf(deployment, history);
    if (typeof result === 'string') {
      leftOut.add(result);
      return [];
    }
    return [result];
  });
  const split = leadTimes.flatMap(({ stages }) => stages ?? []);
  leftOut.add('no-stage-times', leadTimes.length - split.length);
  return {
    deployments: deployments.filter(parts =>
      parts.some(({ healthyAt }) => healthyAt !== undefined),
    ).length,
    attempts: deployments.length,
    failures: failed.length,
    leadTime: durations(leadTimes.map(({ ms }) => ms)),
    leadTimeStages: {
      count: split.length,
      totalMs: Object.fromEntries(
        LEAD_TIME_STAGES.map(name => [
          name,
          split.reduce((sum, stages) => sum + (stages[name] ?? 0), 0),
        ]),
      ),
    },
    restoreTime: durations(restoreTimes),
    observed: counted.filter(({ isObserved }) => isObserved).length,
    leftOut: leftOut.byReason,
  };
}

/** Why a version isn't part of any figure; undefined if it is. */
function reasonToLeaveOut(
  change: DeployedChange,
  history: ChangeHistory,
  watchedSince: (application: string) => number,
): LeftOutReason | undefined {
  if (change.deployedAt < watchedSince(change.application)) {
    return 'before-watch';
  }
  if (history.isRepeated(change)) {
    return 'repeated';
  }
  if (change.healthyAt !== undefined || change.isFailed) {
    return undefined;
  }
  return change.isOpen ? 'under-way' : 'unconfirmed';
}

/** One sync applies all of its images at the same time. */
function groupByDeployment(
  changes: readonly DeployedChange[],
): DeployedChange[][] {
  const groups = new Map<string, DeployedChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.application, change.deployedAt]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

function isFailedDeployment(changes: readonly DeployedChange[]): boolean {
  return changes.some(({ isFailed }) => isFailed);
}

/** From the first failure of its images until all of them were restored. */
function restoreTimeOf(
  deployment: readonly DeployedChange[],
  history: ChangeHistory,
): number | LeftOutReason {
  const failures = deployment.flatMap(change =>
    change.failedAt === undefined
      ? []
      : [{ from: change.failedAt, to: history.restoredAt(change) }],
  );
  if (failures.length === 0) {
    return 'no-failure-time';
  }
  const ends = failures.flatMap(({ to }) => to ?? []);
  return ends.length < failures.length
    ? 'not-restored'
    : Math.max(
        0,
        Math.max(...ends) - Math.min(...failures.map(({ from }) => from)),
      );
}

function durations(values: readonly number[]): DurationFigures {
  const p50Ms = percentile(values, 50);
  const p90Ms = percentile(values, 90);
  return {
    count: values.length,
    ...(p50Ms !== undefined && { p50Ms }),
    ...(p90Ms !== undefined && { p90Ms }),
  };
}
