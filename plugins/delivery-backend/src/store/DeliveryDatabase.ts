import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const MIGRATIONS = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);

const TRANSACTION_ATTEMPTS = 5;

/** PostgreSQL: serialization_failure, deadlock_detected; SQLite: another process writes. */
const TRANSIENT_CODES = new Set([
  '40001',
  '40P01',
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

function isTransient(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    TRANSIENT_CODES.has(error.code)
  );
}
