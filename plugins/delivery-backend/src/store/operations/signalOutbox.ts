import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { SignalOutboxRow } from '../rows';
import { isoNow } from '../time';
import { isPostgres } from '../isPostgres';

/**
 * A signal for open pages. It is published once the transaction that wrote it is
 * committed.
 *
 * @internal
 */
export interface SignalOutboxEntry {
  id: number;
  signal: DeliverySignal;
}

/** @internal */
export async function addToSignalOutbox(
  knex: Knex,
  signal: DeliverySignal,
): Promise<void> {
  await knex('outbox').insert({
    message: JSON.stringify(signal),
    created_at: isoNow(),
  });
}

/**
 * The oldest entries that aren't published yet. With `before`, only those written
 * earlier, which the process that wrote them should have published by now.
 *
 * They are locked until the transaction ends, and those that another replica has
 * locked are left to it.
 *
 * @internal
 */
export async function readSignalOutbox(
  knex: Knex,
  options: { limit: number; before?: string },
): Promise<SignalOutboxEntry[]> {
  const query = knex<SignalOutboxRow>('outbox')
    .orderBy('id')
    .limit(options.limit)
    .select('id', 'message');
  if (options.before) {
    query.where('created_at', '<', options.before);
  }
  // SQLite has only one process.
  if (isPostgres(knex)) {
    query.forUpdate().skipLocked();
  }
  const rows = await query;
  return rows.map(row => ({
    id: Number(row.id),
    signal: JSON.parse(row.message),
  }));
}

/** @internal */
export async function removeFromSignalOutbox(
  knex: Knex,
  ids: number[],
): Promise<void> {
  await knex<SignalOutboxRow>('outbox').whereIn('id', ids).delete();
}
