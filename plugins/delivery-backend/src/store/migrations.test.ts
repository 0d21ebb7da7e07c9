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
    for (const table of [
      'applications',
      'application_hints',
      'promotions',
      'leases',
      'outbox',
    ]) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }

    await knex.migrate.latest({ directory });
    expect(await knex('promotions').select()).toEqual([]);
  });

  it('go down and up one by one, over what is stored', async () => {
    const knex = await databases.init(id);
    const steps: string[] = [];
    for (;;) {
      const [, [file]] = await knex.migrate.up({ directory });
      if (file === undefined) {
        break;
      }
      steps.push(file);
    }
    expect(steps.length).toBeGreaterThan(2);
    await knex('instances').insert({
      name: 'main',
      state: 'live',
      since: '2026-11-23T04:00:00.000Z',
    });

    for (let step = 0; step < steps.length - 1; step++) {
      await knex.migrate.down({ directory });
    }
    await knex.migrate.latest({ directory });

    expect(await knex('instances').pluck('name')).toEqual(['main']);
  });

  it('have applications observed again that were stored without their mark', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    await knex.migrate.down({
      directory,
      name: '20261129100200_observe_again.js',
    });
    await knex('applications').insert({
      key: 'k',
      instance: 'main',
      namespace: 'argocd',
      name: 'api',
      resource_version: '1',
      memory: '',
    });

    await knex.migrate.latest({ directory });

    expect(await knex('applications').pluck('resource_version')).toEqual([
      null,
    ]);
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
