import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { backoff } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransientError } from './databaseErrors';
import { checkFence, checkRun, type Fence } from './fence';
import { SignalKeys } from './SignalKeys';

const MIGRATIONS = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);

const TRANSACTION_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 40;

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 740_318_226;

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
      await migrate(knex);
    }
    if (knex.client.config.client === 'better-sqlite3') {
      await tuneSqlite(knex);
    }
    return new DeliveryDatabase(knex);
  }

  private keys?: SignalKeys;

  private constructor(readonly knex: Knex) {}

  /** What makes the keys of signals and of the API out of those that are stored. */
  async signalKeys(): Promise<SignalKeys> {
    this.keys ??= await SignalKeys.read(this.knex);
    return this.keys;
  }

  /**
   * Runs `work` in a transaction, and again if the database gave way to another
   * writer. `work` must do nothing that can't be done twice.
   *
   * @param fence - what a leader task works under; the transaction is refused
   * with a `FencedError` unless it still holds
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
        if (attempt >= TRANSACTION_ATTEMPTS || !isTransientError(error)) {
          throw error;
        }
        await sleep(backoff(attempt, { firstMs: FIRST_PAUSE_MS }));
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
 * One replica migrates at a time. Knex's own lock doesn't wait: whoever comes
 * second fails, and on an empty database both make Knex's tables. SQLite has one
 * process.
 */
async function migrate(knex: Knex): Promise<void> {
  const run = () => knex.migrate.latest({ directory: MIGRATIONS });
  if (knex.client.config.client !== 'pg') {
    await run();
    return;
  }
  await knex.transaction(async tx => {
    // Held to the end of this transaction, while the migrations have their own.
    await tx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await run();
  });
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
