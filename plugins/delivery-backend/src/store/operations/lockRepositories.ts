import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * Keeps what is known of image repositories and the applications that have them
 * from changing past one another: an application that comes to a repository
 * (`shared`) either sees an image that is being added (`exclusive`) or is seen
 * by it. Until the transaction ends; on SQLite, there is one writer anyway.
 *
 * @internal
 */
export async function lockRepositories(
  tx: Knex.Transaction,
  repositories: string[],
  mode: 'shared' | 'exclusive',
): Promise<void> {
  if (tx.client.config.client !== 'pg' || repositories.length === 0) {
    return;
  }
  const keys = [...new Set(repositories)].sort().map(lockKey);
  await tx.raw(
    mode === 'exclusive'
      ? 'select pg_advisory_xact_lock(key) from unnest(?::bigint[]) as key'
      : 'select pg_advisory_xact_lock_shared(key) from unnest(?::bigint[]) as key',
    [keys],
  );
}

function lockKey(repository: string): string {
  return createHash('sha256')
    .update(`landfall:repository:${repository}`)
    .digest()
    .readBigInt64BE()
    .toString();
}
