import type {
  Application,
  ApplicationRef,
  ReducerMemory,
  SeenSyncWindows,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationRow } from '../../rows';
import { chunked } from '../chunked';

/** @internal */
export interface StoredApplication {
  key: string;
  application: Application;
  /** As they were last read; see `ReducerMemory`. */
  syncWindows?: SeenSyncWindows;
}

/**
 * What is known of an application that a list is compared with.
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
 * What a list is compared with: which applications of an instance there are,
 * and at which resource version, by their keys.
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
 * What narrows a search for applications; conditions that are there all apply.
 *
 * @internal
 */
export interface ApplicationFilter {
  instances?: string[];
  namespace?: string;
  names?: string[];
  project?: string;
  /** Labels that must have one of the values. */
  labels?: { label: string; values: string[] }[];
}

/**
 * Applications that Argo CD has, by their instance, namespace and name.
 *
 * @internal
 */
export async function findApplications(
  knex: Knex,
  filter: ApplicationFilter,
): Promise<StoredApplication[]> {
  const query = knex<ApplicationRow>('applications')
    .whereNull('gone_at')
    .whereNotNull('state')
    .orderBy(['instance', 'namespace', 'name'])
    .select('key', 'state', 'memory');
  if (filter.instances) {
    query.whereIn('instance', filter.instances);
  }
  if (filter.namespace !== undefined) {
    query.where('namespace', filter.namespace);
  }
  if (filter.names) {
    query.whereIn('name', filter.names);
  }
  if (filter.project !== undefined) {
    query.where('project', filter.project);
  }
  for (const { label, values } of filter.labels ?? []) {
    query.whereIn(
      'key',
      knex('application_labels')
        .where({ label })
        .whereIn('value', values)
        .select('application_key'),
    );
  }
  return (await query).flatMap(({ key, state, memory }) => {
    const { syncWindows }: Partial<ReducerMemory> = memory
      ? JSON.parse(memory)
      : {};
    return state ? [{ key, application: JSON.parse(state), syncWindows }] : [];
  });
}

/**
 * Keys of the applications that have the image repository, gone ones excepted.
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
