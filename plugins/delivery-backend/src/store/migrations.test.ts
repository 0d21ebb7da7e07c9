import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../__testUtils__/databases';
import { DeliveryDatabase } from './DeliveryDatabase';

const directory = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);
const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(id);

    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('promotions')).toBe(true);

    await knex.migrate.rollback({ directory }, true);
    for (const table of ['applications', 'promotions', 'leases', 'outbox']) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }

    await knex.migrate.latest({ directory });
    expect(await knex('promotions').select()).toEqual([]);
  });

  it('are left to the operator where they are to be skipped', async () => {
    const knex = await databases.init(id);
    const database = {
      getClient: async () => knex,
      migrations: { skip: true },
    };

    await DeliveryDatabase.create({ database });

    expect(await knex.schema.hasTable('applications')).toBe(false);
  });
});
