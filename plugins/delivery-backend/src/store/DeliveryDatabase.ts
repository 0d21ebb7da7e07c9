import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isMigrationRace, isTransientError } from './databaseErrors';

const MIGRATIONS = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);

const TRANSACTION_ATTEMPTS = 5;

const MIGRATION_ATTEMPTS = 10;
const MIGRATION_PAUSE_MS = 200;

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

  private constructor(readonly knex: Knex) {}

  /**
   * Runs `work` in a transaction, and again if the database gave way to another
   * writer. `work` must do nothing that can't be done twice.
   */
  async transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.knex.transaction(work);
      } catch (error) {
        if (attempt >= TRANSACTION_ATTEMPTS || !isTransientError(error)) {
          throw error;
        }
        await new Promise(resolve =>
          setTimeout(resolve, Math.random() * 20 * 2 ** attempt),
        );
      }
    }
  }
}

/**
 * On PostgreSQL, a replica that starts while another one migrates waits for it; only
 * Knex's own tables, which come first, may be made by both at once.
 */
async function migrate(knex: Knex): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await knex.migrate.latest({ directory: MIGRATIONS });
      return;
    } catch (error) {
      if (attempt >= MIGRATION_ATTEMPTS || !isMigrationRace(error)) {
        throw error;
      }
      await new Promise(resolve =>
        setTimeout(resolve, MIGRATION_PAUSE_MS * attempt * Math.random()),
      );
    }
  }
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
