import {
  type ServiceFactory,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DeliveryDatabase } from '../store/DeliveryDatabase';

/**
 * SQLite always; PostgreSQL too, if the environment has a connection string
 * (`BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING`).
 *
 * @internal
 */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
}

/** @internal */
export async function createDatabase(
  databases: TestDatabases,
  id: ReturnType<TestDatabases['eachSupportedId']>[number][0],
): Promise<DeliveryDatabase> {
  const knex = await databases.init(id);
  return DeliveryDatabase.create({ database: { getClient: async () => knex } });
}

/**
 * A separate SQLite for each plugin of a test backend, closed after the tests.
 * Backstage's own factory leaves SQLite open, and the timer of its connection pool
 * keeps Jest's worker from exiting.
 *
 * @param delivery - the database of the delivery plugin instead
 * @internal
 */
export function databaseFactory(
  databases: TestDatabases,
  delivery?: Knex,
): ServiceFactory {
  return createServiceFactory({
    service: coreServices.database,
    deps: { plugin: coreServices.pluginMetadata },
    async factory({ plugin }) {
      const knex =
        (plugin.getId() === 'delivery' && delivery) ||
        (await databases.init('SQLITE_3'));
      return mockServices.database({ knex });
    },
  });
}
