import {
  bucketsOfComparison,
  bucketsOfPeriod,
  daysOfBuckets,
  lastDays,
  type PerformancePeriod,
  type PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  readPerformance,
  readWatchedSince,
} from '../store/operations/performance';
import type { StoreReading } from '../service/StoreReading';

const DAY_MS = 86_400_000;

/**
 * What the figures are about.
 *
 * @internal
 */
export interface PerformanceScope {
  applicationKeys: readonly string[];
  /** That can be asked for, in the order of pages. */
  environments: string[];
}

/**
 * The figures of some applications in a period and in the one before it.
 *
 * @internal
 * @param retentionMs - how long promotions are kept after they ended
 */
export async function toPerformance(
  { knex, now }: StoreReading,
  { applicationKeys, environments }: PerformanceScope,
  period: PerformancePeriod,
  retentionMs: number | undefined,
): Promise<PerformanceResponse> {
  const buckets = bucketsOfPeriod(period);
  const [previous, current] = await readPerformance(knex, {
    applicationKeys,
    buckets: bucketsOfComparison(period),
  });
  const figures = await readPerformance(knex, { applicationKeys, buckets });
  const watchedSince = await readWatchedSince(knex, applicationKeys);
  return {
    ...period,
    environments,
    applications: applicationKeys.length,
    ...(watchedSince !== undefined && {
      watchedSince: new Date(watchedSince).toISOString(),
    }),
    ...(retentionMs !== undefined && {
      keptSince: lastDays(Math.ceil(retentionMs / DAY_MS), now).from,
    }),
    current,
    previous,
    buckets: daysOfBuckets(buckets).map((days, index) => ({
      ...days,
      figures: figures[index],
    })),
  };
}
