import type {
  Application,
  ApplicationRef,
  ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type {
  ApplicationLabelRow,
  ApplicationRepositoryRow,
  ApplicationRow,
  WatchedApplicationRow,
} from '../rows';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/** @internal */
export interface ApplicationToSave {
  key: string;
  ref: ApplicationRef;
  application?: Application;
  memory: ReducerMemory;
  goneAt?: string;
  /** See `storedSteadyHash`. */
  steadyHash?: string;
  /** It has no row yet. */
  isNew: boolean;
}

/** @internal */
export async function saveApplications(
  knex: Knex,
  applications: ApplicationToSave[],
): Promise<void> {
  const added = applications.filter(({ isNew }) => isNew);
  await insertRows(knex, 'applications', added.map(toRow));
  await insertRows(knex, 'watched_applications', added.flatMap(toWatchedRow));
  await insertRows(
    knex,
    'applications',
    applications.filter(({ isNew }) => !isNew).map(toRow),
    { columns: ['key'], then: 'merge' },
  );
}

function toRow(saved: ApplicationToSave): ApplicationRow {
  const { key, ref, application, memory, goneAt, steadyHash } = saved;
  return {
    key,
    instance: ref.instance,
    namespace: ref.namespace,
    name: ref.name,
    project: application?.project ?? null,
    resource_version: application?.resourceVersion ?? null,
    state: application ? JSON.stringify(application) : null,
    memory: JSON.stringify(memory),
    gone_at: goneAt ?? null,
    automated_sync: Number(application?.automatedSync ?? false),
    // It is in the state.
    reconciled_at: null,
    steady_hash: steadyHash ?? null,
  };
}

/**
 * Stored once: an application that is deleted and created again was watched all the
 * time.
 */
function toWatchedRow({
  key,
  memory,
}: ApplicationToSave): WatchedApplicationRow[] {
  const since = Date.parse(memory.firstSeenAt ?? '');
  return Number.isNaN(since)
    ? []
    : [{ application_key: key, since_ms: Math.floor(since / 1000) * 1000 }];
}

/** Whose rows in another table are replaced. */
interface RowsOwner {
  key: string;
  /** Its own row was just inserted, so there are no others to replace. */
  isNew?: boolean;
}

/**
 * Replaces the stored labels by which each application is found.
 *
 * @internal
 */
export async function replaceLabels(
  knex: Knex,
  applications: (RowsOwner & { labels: Record<string, string> })[],
): Promise<void> {
  await replaceRows<ApplicationLabelRow>(
    knex,
    'application_labels',
    applications.map(({ key, isNew, labels }) => ({
      key,
      isNew,
      rows: Object.entries(labels).map(([label, value]) => ({
        application_key: key,
        label,
        value,
      })),
    })),
  );
}

/**
 * An image repository of an application.
 *
 * @internal
 */
export interface UsedRepository {
  repository: string;
  /** Its policy depends on when and for which platforms images were built. */
  needsBuilds: boolean;
}

/**
 * Replaces the stored image repositories by which each application is found.
 *
 * @internal
 * @returns repositories whose builds an application needs now and didn't before
 */
export async function replaceRepositories(
  knex: Knex,
  applications: (RowsOwner & { repositories: readonly UsedRepository[] })[],
): Promise<string[]> {
  const needed = new Set<string>();
  for (const chunk of chunked(keysOfKnown(applications))) {
    const rows = await knex<ApplicationRepositoryRow>(
      'application_repositories',
    )
      .whereIn('application_key', chunk)
      .where('needs_builds', 1);
    rows.forEach(row => needed.add(`${row.application_key}/${row.repository}`));
  }
  await replaceRows<ApplicationRepositoryRow>(
    knex,
    'application_repositories',
    applications.map(({ key, isNew, repositories }) => ({
      key,
      isNew,
      rows: repositories.map(({ repository, needsBuilds }) => ({
        application_key: key,
        repository,
        needs_builds: Number(needsBuilds),
      })),
    })),
  );
  return applications.flatMap(({ key, repositories }) =>
    repositories
      .filter(
        ({ repository, needsBuilds }) =>
          needsBuilds && !needed.has(`${key}/${repository}`),
      )
      .map(({ repository }) => repository),
  );
}

async function replaceRows<Row extends { application_key: string }>(
  knex: Knex,
  table: string,
  items: (RowsOwner & { rows: Row[] })[],
): Promise<void> {
  for (const chunk of chunked(keysOfKnown(items))) {
    await knex(table).whereIn('application_key', chunk).delete();
  }
  await insertRows(
    knex,
    table,
    items.flatMap(item => item.rows),
  );
}

function keysOfKnown(owners: readonly RowsOwner[]): string[] {
  return owners.flatMap(({ key, isNew }) => (isNew ? [] : [key]));
}
