import {
  bucketCount,
  type DurationFigures,
  LEAD_TIME_STAGES,
  type LeftOutReason,
  type PerformanceBuckets,
  type PerformanceFigures,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationSummaryRow } from '../rows';
import { type FleetFilter, joinSummaries } from './fleetFilter';
import { performanceSql } from './performanceSql';
import { whereAny } from './whereAny';

/**
 * The figures of delivery performance of some applications in each of some
 * consecutive buckets, oldest first, as `measurePerformance` defines them.
 *
 * @internal
 */
export async function readPerformance(
  knex: Knex,
  {
    applicationKeys,
    buckets,
  }: {
    applicationKeys: readonly string[];
    buckets: PerformanceBuckets;
  },
): Promise<PerformanceFigures[]> {
  const { startMs, endMs, stepMs } = buckets;
  const deployed = knex('deployed_changes as c')
    .where('c.deployed_ms', '>=', startMs)
    .where('c.deployed_ms', '<', endMs)
    .select(
      // SQLite would divide a number that is bound as such as a fraction.
      knex.raw(
        '(c.deployed_ms - cast(? as bigint)) / cast(? as bigint) as bucket',
        [startMs, stepMs],
      ),
      'c.*',
      knex('watched_applications as w')
        .whereRaw('w.application_key = c.application_key')
        .select('w.since_ms')
        .as('since_ms'),
    );
  whereAny(knex, deployed, 'c.application_key', applicationKeys);
  const rows: FigureRow[] = await knex
    .with('deployed', deployed)
    // Otherwise SQLite looks for earlier deployments again for each count.
    .withMaterialized('changes', knex.raw(performanceSql.changes))
    .with('counted', knex.raw(performanceSql.counted))
    .with('change_counts', knex.raw(performanceSql.changeCounts))
    .with('lead_times', knex.raw(performanceSql.leadTimes))
    .with('deployments', knex.raw(performanceSql.deployments))
    .with('deployment_counts', knex.raw(performanceSql.deploymentCounts))
    .with('restore_times', knex.raw(performanceSql.restoreTimes))
    .from('change_counts as c')
    .leftJoin('lead_times as l', { 'l.bucket': 'c.bucket' })
    .leftJoin('deployment_counts as d', { 'd.bucket': 'c.bucket' })
    .leftJoin('restore_times as r', { 'r.bucket': 'c.bucket' })
    .select(
      'c.*',
      'l.lead_count',
      'l.lead_p50',
      'l.lead_p90',
      'd.deployments',
      'd.attempts',
      'd.failures',
      'd.no_failure_time',
      'd.not_restored',
      'r.restore_count',
      'r.restore_p50',
      'r.restore_p90',
    );
  const byBucket = new Map(rows.map(row => [Number(row.bucket), row]));
  return Array.from({ length: bucketCount(buckets) }, (_, bucket) =>
    toFigures(byBucket.get(bucket) ?? {}),
  );
}

/**
 * Since when the first of some applications is watched, in milliseconds since 1970.
 * Undefined if none is known.
 *
 * @internal
 */
export async function readWatchedSince(
  knex: Knex,
  applicationKeys: readonly string[],
): Promise<number | undefined> {
  const query = knex('watched_applications').min({ since: 'since_ms' });
  whereAny(knex, query, 'application_key', applicationKeys);
  const [row] = await query;
  const since: number | string | null | undefined = row?.since;
  return since === null || since === undefined ? undefined : Number(since);
}

/**
 * The environment of each application of the services that a filter matches, by
 * application key.
 *
 * @internal
 */
export async function readServiceEnvironments(
  knex: Knex,
  filter: FleetFilter,
): Promise<Map<string, string>> {
  const rows: Pick<ApplicationSummaryRow, 'application_key' | 'environment'>[] =
    await joinSummaries(knex, filter, 'inner').distinct(
      'a.application_key',
      'a.environment',
    );
  return new Map(
    rows.map(({ application_key: key, environment }) => [key, environment]),
  );
}

/** Counts and milliseconds by column; PostgreSQL's driver returns strings. */
type FigureRow = Record<string, number | string | null>;

const LEFT_OUT: Record<LeftOutReason, string> = {
  'before-watch': 'before_watch',
  repeated: 'repeated',
  'under-way': 'under_way',
  unconfirmed: 'unconfirmed',
  'no-push-time': 'no_push_time',
  'no-stage-times': 'no_stage_times',
  'no-failure-time': 'no_failure_time',
  'not-restored': 'not_restored',
};

function toFigures(row: FigureRow): PerformanceFigures {
  const count = (column: string) => Number(row[column] ?? 0);
  const durations = (name: string): DurationFigures => {
    const p50 = row[`${name}_p50`];
    const p90 = row[`${name}_p90`];
    return {
      count: count(`${name}_count`),
      ...(typeof p50 !== 'undefined' && p50 !== null && { p50Ms: Number(p50) }),
      ...(typeof p90 !== 'undefined' && p90 !== null && { p90Ms: Number(p90) }),
    };
  };
  return {
    deployments: count('deployments'),
    attempts: count('attempts'),
    failures: count('failures'),
    leadTime: durations('lead'),
    leadTimeStages: {
      count: count('split_count'),
      totalMs: Object.fromEntries(
        LEAD_TIME_STAGES.map(stage => [stage, count(`${stage}_total`)]),
      ),
    },
    restoreTime: durations('restore'),
    observed: count('observed'),
    leftOut: Object.fromEntries(
      Object.entries(LEFT_OUT)
        .map(([reason, column]) => [reason, count(column)] as const)
        .filter(([, number]) => number > 0),
    ),
  };
}
