import type { Knex } from 'knex';
import type { LeaseRow } from '../rows';

/** Replicas' clocks differ, so the database's counts. SQLite is on this machine. */
function databaseNow(knex: Knex): Knex.Raw {
  return knex.client.config.client === 'pg'
    ? knex.raw(`(extract(epoch from clock_timestamp()) * 1000)::bigint`)
    : knex.raw(`cast((julianday('now') - 2440587.5) * 86400000 as integer)`);
}

function inMilliseconds(knex: Knex, milliseconds: number): Knex.Raw {
  // PostgreSQL refuses fractions here.
  return knex.raw('? + ?', [databaseNow(knex), Math.round(milliseconds)]);
}

/**
 * Takes the lease if it is free, expired or already the owner's, for `ttlMs`
 * from now. Resolves with true if the owner holds it now.
 *
 * @internal
 */
export async function acquireLease(
  knex: Knex,
  options: { name: string; owner: string; ttlMs: number },
): Promise<boolean> {
  const { name, owner, ttlMs } = options;
  const renewed = await knex<LeaseRow>('leases')
    .where({ name, owner })
    .update({ expires_at: inMilliseconds(knex, ttlMs) });
  if (renewed > 0 || (await takeExpired(knex, options))) {
    return true;
  }
  await knex('leases')
    .insert({ name, owner, expires_at: inMilliseconds(knex, ttlMs) })
    .onConflict('name')
    .ignore();
  const row = await knex<LeaseRow>('leases').where({ name }).first('owner');
  return row?.owner === owner;
}

/**
 * The lock waits for transactions that rely on the lease, and keeps new ones out.
 * Renewing needs no such lock, so they never keep the owner from renewing it.
 */
async function takeExpired(
  knex: Knex,
  options: { name: string; owner: string; ttlMs: number },
): Promise<boolean> {
  const { name, owner, ttlMs } = options;
  return knex.transaction(async tx => {
    const expired = await tx<LeaseRow>('leases')
      .where({ name })
      .andWhere('expires_at', '<', databaseNow(tx))
      .forUpdate()
      .first('name');
    if (expired) {
      await tx<LeaseRow>('leases')
        .where({ name })
        .update({ owner, expires_at: inMilliseconds(tx, ttlMs) });
    }
    return expired !== undefined;
  });
}

/**
 * Whether the owner still holds the lease. In a transaction on PostgreSQL, it
 * keeps the lease until the transaction ends.
 *
 * @internal
 */
export async function holdsLease(
  knex: Knex,
  options: { name: string; owner: string },
): Promise<boolean> {
  const query = knex<LeaseRow>('leases')
    .where({ name: options.name, owner: options.owner })
    .andWhere('expires_at', '>=', databaseNow(knex))
    .first('name');
  if (knex.isTransaction && knex.client.config.client === 'pg') {
    query.forKeyShare();
  }
  return (await query) !== undefined;
}

/** @internal */
export async function releaseLease(
  knex: Knex,
  options: { name: string; owner: string },
): Promise<void> {
  await knex<LeaseRow>('leases')
    .where({ name: options.name, owner: options.owner })
    .delete();
}

/**
 * The owner of each lease that somebody holds.
 *
 * @internal
 */
export async function readLeaseHolders(
  knex: Knex,
): Promise<Map<string, string>> {
  const rows = await knex<LeaseRow>('leases')
    .where('expires_at', '>=', databaseNow(knex))
    .select('name', 'owner');
  return new Map(rows.map(({ name, owner }) => [name, owner]));
}

/**
 * The leases among these that nobody holds.
 *
 * @internal
 */
export async function readFreeLeases(
  knex: Knex,
  names: string[],
): Promise<string[]> {
  const held = await knex<LeaseRow>('leases')
    .whereIn('name', names)
    .andWhere('expires_at', '>=', databaseNow(knex))
    .pluck('name');
  return names.filter(name => !held.includes(name));
}
