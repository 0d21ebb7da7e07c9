import type { Knex } from 'knex';
import { whereAny } from './whereAny';

/**
 * Which services and applications of the fleet are meant.
 *
 * @internal
 */
export interface FleetFilter {
  /** Full refs of the services that the caller may see; absent: all. */
  visible?: readonly string[];
  /** Names of the configured Argo CD instances. */
  instances: readonly string[];
  /** Names of those that are unreachable. */
  unreachable: readonly string[];
  /** Part of a service's title or name. */
  search?: string;
  /** Full ref. */
  owner?: string;
  /** Full ref. */
  system?: string;
  environment?: string;
  cluster?: string;
  instance?: string;
}

/**
 * Services with the summaries of their applications, a row for each: `s`, `sa` and
 * `a`.
 *
 * @internal
 * @param kind - `left`: also services without any application
 */
export function joinSummaries(
  knex: Knex,
  filter: FleetFilter,
  kind: 'inner' | 'left',
): Knex.QueryBuilder {
  const query = whereService(knex.from('services as s'), knex, filter);
  const join = (table: string, on: Knex.JoinCallback) =>
    kind === 'inner' ? query.join(table, on) : query.leftJoin(table, on);
  join('service_applications as sa', on => {
    on.on('sa.entity_ref', 's.entity_ref');
  });
  join('application_summaries as a', on => onSummary(on, filter));
  return whereApplication(query, filter);
}

/**
 * Joins summaries. Applications of an instance that is no longer configured aren't
 * shown.
 *
 * @internal
 */
export function onSummary(
  on: Knex.JoinClause,
  { instances }: FleetFilter,
): void {
  on.on('a.application_key', 'sa.application_key').onIn('a.instance', [
    ...instances,
  ]);
}

/**
 * Narrows a query to the applications that the filter means.
 *
 * @internal
 */
export function whereApplication(
  query: Knex.QueryBuilder,
  { environment, cluster, instance }: FleetFilter,
): Knex.QueryBuilder {
  for (const [column, value] of [
    ['a.environment', environment],
    ['a.cluster', cluster],
    ['a.instance', instance],
  ] as const) {
    if (value) {
      query.where(column, value);
    }
  }
  return query;
}

/**
 * Narrows a query to the services that the filter means.
 *
 * @internal
 */
export function whereService(
  query: Knex.QueryBuilder,
  knex: Knex,
  { visible: refs, search, owner, system }: FleetFilter,
): Knex.QueryBuilder {
  if (refs) {
    whereAny(knex, query, 's.entity_ref', refs);
  }
  if (owner) {
    query.where('s.owner', owner);
  }
  if (system) {
    query.where('s.system', system);
  }
  if (search) {
    const pattern = `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    query.whereRaw(
      "(s.sort_name like ? escape '!' or lower(s.name) like ? escape '!')",
      [pattern, pattern],
    );
  }
  return query;
}
