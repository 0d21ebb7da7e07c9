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
 * Keeps an image repository and the applications that use it from changing past
 * one another. An application that begins to use a repository (`shared`) either
 * sees an image that is being added (`exclusive`) or is seen by it.
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
 * Keeps the stored ImageUpdater resources of some instances as they are
 * (`shared`), so that it is enough to read them once in a transaction. To be
 * taken before any other lock, so that transactions don't wait for one another.
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
