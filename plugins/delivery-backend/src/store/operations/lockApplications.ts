import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../applicationKey';
import type { ApplicationRow } from '../rows';
import { chunked } from './chunked';
import { whereAny } from './whereAny';

/**
 * The row of an application that is being reduced.
 *
 * @internal
 */
export interface LockedRow extends ApplicationRow {
  /** It isn't in the database yet. */
  isNew: boolean;
}

/** The memory of an application that was never observed: the reducer makes its own. */
const NO_MEMORY = '';

/**
 * Locks the rows of the given applications until the transaction ends, so that no
 * other replica reduces from the same state. An application that has no row gets
 * an initial one. If two transactions insert such a row, the second fails,
 * and finds the row when it runs again. Locks are taken in the order of the keys,
 * so that no two transactions wait for each other. (SQLite has no row locks: it
 * likewise refuses a write that follows another process's.)
 *
 * @internal
 */
export async function lockApplications(
  tx: Knex.Transaction,
  refs: ApplicationRef[],
): Promise<LockedRow[]> {
  const missing = new Map(refs.map(ref => [applicationKey(ref), ref]));
  const rows = await lockRows(tx, [...missing.keys()]);
  rows.forEach(({ key }) => missing.delete(key));
  return [...rows, ...[...missing].map(newRow)].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

function newRow([key, ref]: [string, ApplicationRef]): LockedRow {
  return {
    isNew: true,
    key,
    instance: ref.instance,
    namespace: ref.namespace,
    name: ref.name,
    project: null,
    resource_version: null,
    state: null,
    memory: NO_MEMORY,
    gone_at: null,
    automated_sync: 0,
    reconciled_at: null,
    steady_hash: null,
  };
}

/**
 * The existing rows of the given keys, locked as `lockApplications` does.
 *
 * @internal
 */
export async function lockRows(
  tx: Knex.Transaction,
  keys: string[],
): Promise<LockedRow[]> {
  const query: Knex.QueryBuilder = tx('applications')
    .orderBy('key')
    .forUpdate()
    .select();
  whereAny(tx, query, 'key', keys);
  const rows: ApplicationRow[] = await query;
  return rows.map(row => ({ ...row, isNew: false }));
}

/**
 * Which of the given applications are stored. They can't be deleted or reduced
 * until the transaction ends, so rows that refer to them can be written in any
 * order. Locks are taken as by `lockApplications`.
 *
 * @internal
 */
export async function keepApplications(
  tx: Knex,
  keys: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunked([...new Set(keys)].sort())) {
    const kept: string[] = await tx<ApplicationRow>('applications')
      .whereIn('key', chunk)
      .orderBy('key')
      .forKeyShare()
      .pluck('key');
    kept.forEach(key => found.add(key));
  }
  return found;
}
