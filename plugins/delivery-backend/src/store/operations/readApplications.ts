import type {
  Application,
  ApplicationRef,
  DesiredImages,
  PodFailure,
  Requirement,
  ObservedSyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { parseApplication } from '../parseApplication';
import type { ApplicationRow } from '../rows';
import { chunked } from './chunked';
import { whereAny } from './whereAny';
import { isPostgres } from '../isPostgres';

/** @internal */
export interface StoredApplication {
  key: string;
  application: Application;
  /** As they were last read; see `ReducerMemory`. */
  syncWindows?: ObservedSyncWindows;
  /** What Git wants, if it was read. */
  desired?: DesiredImages;
  /** Why its pods fail; absent if none does. */
  podFailures?: PodFailure[];
}

/**
 * The stored version of an application, to compare with a list.
 *
 * @internal
 */
export interface KnownVersion {
  ref: ApplicationRef;
  project?: string;
  resourceVersion?: string;
  gone: boolean;
}

/**
 * The applications of an instance with their resource versions, by key. A list
 * from Argo CD is compared with them.
 *
 * @internal
 */
export async function readResourceVersions(
  knex: Knex,
  instance: string,
): Promise<Map<string, KnownVersion>> {
  const rows = await knex<ApplicationRow>('applications')
    .where({ instance })
    .select(
      'key',
      'instance',
      'namespace',
      'name',
      'project',
      'resource_version',
      'gone_at',
    );
  return new Map(
    rows.map(row => [
      row.key,
      {
        ref: {
          instance: row.instance,
          namespace: row.namespace,
          name: row.name,
        },
        project: row.project ?? undefined,
        resourceVersion: row.resource_version ?? undefined,
        gone: row.gone_at !== null,
      },
    ]),
  );
}

/**
 * Conditions that narrow a search for applications. All given conditions apply.
 *
 * @internal
 */
export interface ApplicationFilter {
  keys?: readonly string[];
  instances?: readonly string[];
  namespace?: string;
  names?: readonly string[];
  project?: string;
  /** Conditions of a label selector, as `selects` evaluates them. */
  selector?: readonly Requirement[];
}

/**
 * Applications that Argo CD has, ordered by instance, namespace and name.
 *
 * @param options.limit - the most to read, the first in this order
 *
 * @internal
 */
export async function findApplications(
  knex: Knex,
  filter: ApplicationFilter,
  options: { limit?: number } = {},
): Promise<StoredApplication[]> {
  const query = matching(knex, filter)
    .orderBy(['instance', 'namespace', 'name'])
    .select<
      {
        key: string;
        state: string;
        resource_version: string | null;
        reconciled_at: string | null;
        sync_windows: string | null;
        desired: string | null;
        pod_failures: string | null;
      }[]
    >(
      'key',
      'state',
      'resource_version',
      'reconciled_at',
      fromMemory(knex, 'syncWindows', 'sync_windows'),
      fromMemory(knex, 'desired', 'desired'),
      fromMemory(knex, 'podFailures', 'pod_failures'),
    );
  if (options.limit !== undefined) {
    query.limit(options.limit);
  }
  return (await query).map(row => ({
    key: row.key,
    application: parseApplication(row),
    ...(row.sync_windows && { syncWindows: JSON.parse(row.sync_windows) }),
    ...(row.desired && { desired: JSON.parse(row.desired) }),
    ...(row.pod_failures && { podFailures: JSON.parse(row.pod_failures) }),
  }));
}

/**
 * How many applications `findApplications` would find without a limit.
 *
 * @internal
 */
export async function countApplications(
  knex: Knex,
  filter: ApplicationFilter,
): Promise<number> {
  const [row] = await matching(knex, filter).count<
    { count: number | string }[]
  >('* as count');
  return Number(row.count);
}

function matching(knex: Knex, filter: ApplicationFilter) {
  const { keys, instances, namespace, names, project, selector = [] } = filter;
  const query = knex('applications').whereNull('gone_at').whereNotNull('state');
  for (const [column, values] of [
    ['key', keys],
    ['instance', instances],
    ['namespace', namespace === undefined ? undefined : [namespace]],
    ['name', names],
    ['project', project === undefined ? undefined : [project]],
  ] as const) {
    if (values) {
      whereAny(knex, query, column, values);
    }
  }
  for (const requirement of selector) {
    const labels = knex('application_labels')
      .select('application_key')
      .where('label', requirement.key);
    if ('values' in requirement) {
      whereAny(knex, labels, 'value', requirement.values);
    }
    const { operator } = requirement;
    if (operator === 'in' || operator === 'exists') {
      query.whereIn('key', labels);
    } else {
      query.whereNotExists(
        labels.where('application_key', knex.ref('applications.key')),
      );
    }
  }
  return query;
}

/** Pages show little of the reducer's memory, so the rest isn't read. */
function fromMemory(
  knex: Knex,
  part: 'syncWindows' | 'desired' | 'podFailures',
  column: string,
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw("nullif(memory, '')::json ->> ? as ??", [part, column])
    : knex.raw("json_extract(nullif(memory, ''), ?) as ??", [
        `$.${part}`,
        column,
      ]);
}

/**
 * Keys of the applications that use the image repository, except gone ones.
 *
 * @internal
 */
export async function findKeysOfRepository(
  knex: Knex,
  repository: string,
): Promise<string[]> {
  const rows = await knex('application_repositories')
    .join('applications', 'applications.key', 'application_key')
    .where({ repository })
    .whereNull('gone_at')
    .select<{ key: string }[]>('applications.key as key');
  return rows.map(row => row.key);
}

/** @internal */
export async function readRefs(
  knex: Knex,
  keys: string[],
): Promise<Map<string, ApplicationRef>> {
  const refs = new Map<string, ApplicationRef>();
  for (const chunk of chunked(keys)) {
    const rows = await knex<ApplicationRow>('applications')
      .whereIn('key', chunk)
      .select('key', 'instance', 'namespace', 'name');
    for (const { key, instance, namespace, name } of rows) {
      refs.set(key, { instance, namespace, name });
    }
  }
  return refs;
}
