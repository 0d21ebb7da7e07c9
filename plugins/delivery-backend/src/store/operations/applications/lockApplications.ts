import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../../applicationKey';
import type { ApplicationRow } from '../../rows';
import { chunked } from '../chunked';

/** The memory of an application that was never observed: the reducer makes its own. */
const NO_MEMORY = '';

/**
 * The rows of the given applications, made where missing and locked until the
 * transaction ends, so that no other replica reduces from the same state. Locks
 * are taken in the order of the keys, so that two transactions don't wait for
 * one another. (On SQLite the insert alone keeps other writers out.)
 *
 * @internal
 */
export async function lockApplications(
  tx: Knex.Transaction,
  refs: ApplicationRef[],
): Promise<ApplicationRow[]> {
  const byKey = new Map(refs.map(ref => [applicationKey(ref), ref]));
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows: ApplicationRow[] = [];
  for (const chunk of chunked(sorted, 100)) {
    await tx<ApplicationRow>('applications')
      .insert(
        chunk.map(([key, ref]) => ({
          key,
          instance: ref.instance,
          namespace: ref.namespace,
          name: ref.name,
          memory: NO_MEMORY,
          project: null,
          resource_version: null,
          state: null,
          gone_at: null,
        })),
      )
      .onConflict('key')
      .ignore();
    rows.push(
      ...(await lockRows(
        tx,
        chunk.map(([key]) => key),
      )),
    );
  }
  return rows;
}

/**
 * The rows of those of the given keys that there are, locked as by
 * `lockApplications`.
 *
 * @internal
 */
export async function lockRows(
  tx: Knex.Transaction,
  keys: string[],
): Promise<ApplicationRow[]> {
  const rows: ApplicationRow[] = [];
  for (const chunk of chunked([...keys].sort())) {
    rows.push(
      ...(await tx<ApplicationRow>('applications')
        .whereIn('key', chunk)
        .orderBy('key')
        .forUpdate()
        .select()),
    );
  }
  return rows;
}
