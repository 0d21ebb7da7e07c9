import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { backoff } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTransientError } from './databaseErrors';
import { checkFence, checkRun, type Fence } from './fence';
import { isPostgres } from './isPostgres';
import { SignalKeys } from './SignalKeys';

const MIGRATIONS = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);

const TRANSACTION_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 40;

/** An arbitrary number that nothing else in the database locks. */
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

  /** Derives the keys in signals and the API from stored keys. */
  async signalKeys(): Promise<SignalKeys> {
    this.keys ??= await SignalKeys.read(this.knex);
    return this.keys;
  }

  /**
   * Runs `work` in a transaction, and again if the database gave way to another
   * writer. `work` must do nothing that can't be done twice.
   *
   * @param fence - what entitles a leader task to write; the transaction is refused
   * with a `FencedError` unless it still holds
   * @param options.restorable - everything it writes comes again from the systems it
   * was read from. The commit then doesn't wait for the disk: if PostgreSQL's machine
   * fails, the last half second may be missing, and the next list restores it
   */
  async transaction<T>(
    work: (tx: Knex.Transaction) => Promise<T>,
    fence?: Fence,
    options: { restorable?: boolean } = {},
  ): Promise<T> {
    const run = async (tx: Knex.Transaction) => {
      if (options.restorable && isPostgres(tx)) {
        await tx.raw('set local synchronous_commit to off');
      }
      return fence ? fenced(tx, fence, work) : work(tx);
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.knex.transaction(run);
      } catch (error) {
        if (attempt >= TRANSACTION_ATTEMPTS || !isTransientError(error)) {
          throw error;
        }
        await sleep(backoff(attempt, { firstMs: FIRST_PAUSE_MS }));
      }
    }
  }

  /**
   * Runs `work` on a snapshot: all of its reads see the store as it was at one
   * moment, whatever others write meanwhile. SQLite has only one connection, so
   * `work` must read through the transaction it is given, and through nothing else.
   */
  async snapshot<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.knex.transaction(
      work,
      isPostgres(this.knex)
        ? { isolationLevel: 'repeatable read', readOnly: true }
        : undefined,
    );
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
 * Lets one replica migrate at a time. Knex's own lock doesn't wait: a second
 * replica would fail, and on an empty database both would create Knex's tables.
 * SQLite has only one process.
 */
async function migrate(knex: Knex): Promise<void> {
  const run = () => knex.migrate.latest({ directory: MIGRATIONS });
  if (!isPostgres(knex)) {
    await run();
    return;
  }
  await knex.transaction(async tx => {
    // Held until this transaction ends, while the migrations have their own.
    await tx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await run();
  });
}

/**
 * Readers and the writer don't wait for each other, and a commit doesn't wait for
 * the disk. A killed process loses nothing. A machine that fails loses at most its
 * last commits, which the next list from Argo CD restores.
 */
async function tuneSqlite(knex: Knex): Promise<void> {
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.raw('PRAGMA synchronous = NORMAL');
  // Room for the first read of thousands of applications: in pages, then in KiB.
  await knex.raw('PRAGMA wal_autocheckpoint = 8000');
  await knex.raw('PRAGMA cache_size = -32000');
}
