import type {
  ApplicationFleetState,
  FleetApplication,
  FleetSort,
  FleetState,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationSummaryRow, ServiceRow } from '../rows';
import {
  type FleetFilter,
  joinSummaries,
  onSummary,
  whereApplication,
  whereService,
} from './fleetFilter';

/**
 * How many services a filter matches, and how many of them have an application in
 * each state.
 *
 * @internal
 */
export type FleetCounts = Record<FleetState | 'total', number>;

/**
 * A service as a page of the fleet lists it.
 *
 * @internal
 */
export interface ListedService {
  entityRef: string;
  kind: string;
  namespace: string;
  name: string;
  title?: string;
  owner?: string;
  system?: string;
  /** How many applications the filter matches. */
  applications: number;
}

/**
 * Where a page of the fleet ended.
 *
 * @internal
 */
export interface FleetPosition {
  value: string | number;
  sortName: string;
  entityRef: string;
}

const FLAGS: Record<ApplicationFleetState, keyof ApplicationSummaryRow> = {
  stuck: 'is_stuck',
  degraded: 'is_degraded',
  'out-of-sync': 'is_out_of_sync',
  updating: 'is_updating',
  'update-available': 'has_update',
  held: 'is_held',
};

/** What each order sorts by first, and in which direction. */
const ORDERS: Record<FleetSort, { value: string; isDescending: boolean }> = {
  name: { value: 's.sort_name', isDescending: false },
  owner: { value: "coalesce(s.owner, '')", isDescending: false },
  urgency: { value: 'coalesce(max(a.severity), 0)', isDescending: true },
  deployed: { value: "coalesce(max(a.deployed_at), '')", isDescending: true },
};

/** @internal */
export async function countFleet(
  knex: Knex,
  filter: FleetFilter,
): Promise<FleetCounts> {
  const services = grouped(knex, filter).select(...flagColumns(knex, filter));
  const sum = (state: string) =>
    knex.raw('coalesce(sum(??), 0) as ??', [`t.${state}`, state]);
  const [row] = await knex
    .from(services.as('t'))
    .select<Record<FleetState | 'total', number | string>[]>(
      knex.raw('count(*) as total'),
      ...Object.keys(FLAGS).map(sum),
      sum('stale'),
    );
  return {
    total: Number(row.total),
    stuck: Number(row.stuck),
    degraded: Number(row.degraded),
    'out-of-sync': Number(row['out-of-sync']),
    updating: Number(row.updating),
    'update-available': Number(row['update-available']),
    held: Number(row.held),
    stale: Number(row.stale),
  };
}

/**
 * One page of the services that a filter matches.
 *
 * @internal
 * @param options.state - only services with an application in this state
 */
export async function readFleetPage(
  knex: Knex,
  filter: FleetFilter,
  options: {
    state?: FleetState;
    sort: FleetSort;
    after?: FleetPosition;
    limit: number;
  },
): Promise<{ services: ListedService[]; next?: FleetPosition }> {
  const { state, sort, after, limit } = options;
  const { value, isDescending } = ORDERS[sort];
  const services = grouped(knex, filter).select(
    's.sort_name',
    ...flagColumns(knex, filter),
    knex.raw('count(a.application_key) as applications'),
    knex.raw(`${value} as sort_value`),
  );
  const query = knex
    .from(services.as('t'))
    .join('services as d', 'd.entity_ref', 't.entity_ref')
    .orderBy([
      { column: 't.sort_value', order: isDescending ? 'desc' : 'asc' },
      { column: 't.sort_name' },
      { column: 't.entity_ref' },
    ])
    .limit(limit + 1)
    .select<
      (ServiceRow & {
        applications: number | string;
        sort_value: string | number;
      })[]
    >('d.*', 't.applications', 't.sort_value');
  if (state) {
    query.where(`t.${state}`, 1);
  }
  if (after) {
    query.where(other =>
      other
        .where('t.sort_value', isDescending ? '<' : '>', after.value)
        .orWhere(same =>
          same
            .where('t.sort_value', after.value)
            .andWhereRaw('(t.sort_name, t.entity_ref) > (?, ?)', [
              after.sortName,
              after.entityRef,
            ]),
        ),
    );
  }
  const rows = await query;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    services: shown.map(toListed),
    ...(rows.length > limit &&
      last && {
        next: {
          value: last.sort_value,
          sortName: last.sort_name,
          entityRef: last.entity_ref,
        },
      }),
  };
}

/**
 * The applications of some services that a filter matches, by service, the most
 * urgent first.
 *
 * @internal
 * @param options.limit - the most of one service
 */
export async function readFleetApplications(
  knex: Knex,
  filter: FleetFilter,
  options: { entityRefs: readonly string[]; limit: number },
): Promise<Map<string, FleetApplication[]>> {
  const ranked = whereApplication(
    knex
      .from('service_applications as sa')
      .join('application_summaries as a', on => onSummary(on, filter))
      .whereIn('sa.entity_ref', [...options.entityRefs]),
    filter,
  ).select(
    'sa.entity_ref',
    'a.document',
    knex.raw(
      'row_number() over (partition by sa.entity_ref order by a.severity desc, a.environment, a.application_key) as place',
    ),
  );
  const rows: { entity_ref: string; document: string }[] = await knex
    .from(ranked.as('t'))
    .where('t.place', '<=', options.limit)
    .orderBy(['t.entity_ref', 't.place'])
    .select('t.entity_ref', 't.document');
  const found = new Map<string, FleetApplication[]>();
  for (const { entity_ref: ref, document } of rows) {
    const applications = found.get(ref) ?? [];
    applications.push(JSON.parse(document));
    found.set(ref, applications);
  }
  return found;
}

/**
 * The values by which the services that a filter matches can be narrowed, each
 * sorted.
 *
 * @internal
 */
export async function readFleetFacets(
  knex: Knex,
  filter: FleetFilter,
): Promise<{
  owners: string[];
  systems: string[];
  environments: string[];
  clusters: string[];
}> {
  const ofServices: Pick<ServiceRow, 'owner' | 'system'>[] = await whereService(
    knex.from('services as s'),
    knex,
    filter,
  ).distinct('s.owner', 's.system');
  const ofApplications: Pick<
    ApplicationSummaryRow,
    'environment' | 'cluster'
  >[] = await joinSummaries(knex, filter, 'inner').distinct(
    'a.environment',
    'a.cluster',
  );
  return {
    owners: sorted(ofServices.map(({ owner }) => owner)),
    systems: sorted(ofServices.map(({ system }) => system)),
    environments: sorted(ofApplications.map(row => row.environment)),
    clusters: sorted(ofApplications.map(({ cluster }) => cluster)),
  };
}

function sorted(values: (string | null)[]): string[] {
  return [...new Set(values.flatMap(value => (value ? [value] : [])))].sort();
}

/** One row for each service that the filter matches. */
function grouped(knex: Knex, filter: FleetFilter): Knex.QueryBuilder {
  const { environment, cluster, instance } = filter;
  // Without such a condition, services without any application are listed, too.
  const isNarrowed = [environment, cluster, instance].some(Boolean);
  return joinSummaries(knex, filter, isNarrowed ? 'inner' : 'left')
    .groupBy('s.entity_ref', 's.sort_name', 's.owner')
    .select('s.entity_ref');
}

function flagColumns(knex: Knex, { unreachable }: FleetFilter): Knex.Raw[] {
  const stale =
    unreachable.length > 0
      ? knex.raw(
          `max(case when a.instance in (${unreachable
            .map(() => '?')
            .join(', ')}) then 1 else 0 end) as stale`,
          [...unreachable],
        )
      : knex.raw('0 as stale');
  return [
    ...Object.entries(FLAGS).map(([state, column]) =>
      knex.raw('coalesce(max(??), 0) as ??', [`a.${column}`, state]),
    ),
    stale,
  ];
}

function toListed(
  row: ServiceRow & { applications: number | string },
): ListedService {
  const { title, owner, system } = row;
  return {
    entityRef: row.entity_ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    ...(title && { title }),
    ...(owner && { owner }),
    ...(system && { system }),
    applications: Number(row.applications),
  };
}
