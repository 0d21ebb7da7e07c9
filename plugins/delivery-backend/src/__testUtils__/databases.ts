import { TestDatabases } from '@backstage/backend-test-utils';
import { DeliveryDatabase } from '../store/DeliveryDatabase';

/**
 * SQLite always; PostgreSQL where the environment says how to reach one
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
