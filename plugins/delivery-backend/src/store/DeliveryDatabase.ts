import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { checkFence, checkRun, type Fence } from './fence';

const MIGRATIONS = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);

const TRANSACTION_ATTEMPTS = 5;

/**
 * PostgreSQL: serialization_failure, deadlock_detected, unique_violation; SQLite:
 * the latter, and another process writes. Whether something is there is looked at
 * before it is inserted, so where it is there after all, somebody was quicker.
 */
const TRANSIENT_CODES = new Set([
  '40001',
  '40P01',
  '23505',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/**
 * The plugin's database with its schema in place.
 *
 * @internal
 */
export class DeliveryDatabase {
  static async create(options: {
    database: DatabaseService;
  }): Promise<DeliveryDatabase> {
    const knex = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await knex.migrate.latest({ directory: MIGRATIONS });
    }
    if (knex.client.config.client === 'better-sqlite3') {
      await tuneSqlite(knex);
    }
    return new DeliveryDatabase(knex);
  }

  private constructor(readonly knex: Knex) {}

  /**
   * Runs `work` in a transaction, and again if the database gave way to another
   * writer. `work` must do nothing that can't be done twice.
   *
   * @param fence - what a leader task works under; the transaction is refused
   * with a `FencedError` unless it still stands
   */
  async transaction<T>(
    work: (tx: Knex.Transaction) => Promise<T>,
    fence?: Fence,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.knex.transaction(
          fence ? tx => fenced(tx, fence, work) : work,
        );
      } catch (error) {
        if (attempt >= TRANSACTION_ATTEMPTS || !isTransient(error)) {
          throw error;
        }
        await new Promise(resolve =>
          setTimeout(resolve, Math.random() * 20 * 2 ** attempt),
        );
      }
    }
  }
}

async function fenced<T>(
  tx: Knex.Transaction,
  fence: Fence,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  await checkFence(tx, fence);
  const result = await work(tx);
  checkRun(fence);
  return result;
}

/**
 * Readers and the writer don't wait for one another, and a commit doesn't wait
 * for the disk: a process that is killed loses nothing, a machine that fails at
 * most its last commits, which the next list of Argo CD brings again.
 */
async function tuneSqlite(knex: Knex): Promise<void> {
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.raw('PRAGMA synchronous = NORMAL');
  // Room for the first read of thousands of applications, in pages and in KiB.
  await knex.raw('PRAGMA wal_autocheckpoint = 8000');
  await knex.raw('PRAGMA cache_size = -32000');
}

function isTransient(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    TRANSIENT_CODES.has(error.code)
  );
}
