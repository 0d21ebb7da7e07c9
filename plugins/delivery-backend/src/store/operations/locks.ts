import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * A lock of a transaction. It lasts until the transaction ends.
 * SQLite has one writer at a time, so there the locks do nothing.
 *
 * @internal
 */
export type LockMode = 'shared' | 'exclusive';

/**
 * Prevents a race between an image repository and the applications that use it.
 * Either an application that begins to use it (`shared`) sees an image that is
 * being added (`exclusive`), or whoever adds the image sees the application.
 *
 * @internal
 */
export async function lockRepositories(
  tx: Knex.Transaction,
  repositories: string[],
  mode: LockMode,
): Promise<void> {
  await lock(tx, 'repository', repositories, mode);
}

/**
 * Keeps the stored ImageUpdaters of some instances unchanged (`shared`), so that
 * a transaction needs to read them only once. Take it before any other lock, so
 * that no two transactions wait for each other.
 *
 * @internal
 */
export async function lockImageUpdaters(
  tx: Knex.Transaction,
  instances: string[],
  mode: LockMode,
): Promise<void> {
  await lock(tx, 'image-updaters', instances, mode);
}

async function lock(
  tx: Knex.Transaction,
  kind: string,
  names: string[],
  mode: LockMode,
): Promise<void> {
  if (tx.client.config.client !== 'pg' || names.length === 0) {
    return;
  }
  const keys = [...new Set(names)].sort().map(name => lockKey(kind, name));
  await tx.raw(
    mode === 'exclusive'
      ? 'select pg_advisory_xact_lock(key) from unnest(?::bigint[]) as key'
      : 'select pg_advisory_xact_lock_shared(key) from unnest(?::bigint[]) as key',
    [keys],
  );
}

function lockKey(kind: string, name: string): string {
  return createHash('sha256')
    .update(`landfall:${kind}:${name}`)
    .digest()
    .readBigInt64BE()
    .toString();
}
