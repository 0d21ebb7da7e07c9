import createKnex, { type Knex } from 'knex';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
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

  it('go down and up one by one with stored data', async () => {
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

  it('make applications stored without their mark be observed again', async () => {
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

  it('are left to the operator if configured to be skipped', async () => {
    const knex = await databases.init(id);
    const database = {
      getClient: async () => knex,
      migrations: { skip: true },
    };

    await DeliveryDatabase.create({ database });

    expect(await knex.schema.hasTable('applications')).toBe(false);
  });

  /** Creates the schema from before a migration. */
  async function upTo(file: string) {
    const knex = await databases.init(id);
    for (;;) {
      const [completed, pending]: [string[], { file: string }[]] =
        await knex.migrate.list({ directory });
      if (completed.length > 100 || pending[0]?.file === file) {
        return knex;
      }
      await knex.migrate.up({ directory });
    }
  }

  it('determine which existing applications sync automatically', async () => {
    const knex = await upTo('20261129003100_automated_sync.js');
    const states: Record<string, object | null> = {
      automated: { labels: {}, automatedSync: true },
      manual: {
        labels: { automatedSync: 'true', x: '"automatedSync":true' },
        automatedSync: false,
      },
      odd: { health: { message: '\0\ud83d%' }, automatedSync: true },
      gone: null,
    };
    await knex('applications').insert(
      Object.entries(states).map(([name, state]) => ({
        key: name,
        instance: 'main',
        namespace: 'argocd',
        name,
        state: state && JSON.stringify(state),
        memory: '{}',
      })),
    );

    await knex.migrate.latest({ directory });

    expect(
      await knex('applications')
        .where('automated_sync', 1)
        .orderBy('name')
        .pluck('name'),
    ).toEqual(['automated', 'odd']);
  });

  it('allow text of any length, and go down without longer rows', async () => {
    const { knex } = await createDatabase(databases, id);
    const revision = {
      repo_url: 'https://git.example.com/deploy.git',
      author: 'a',
      message: 'm',
      seen_at: 's',
    };
    await knex('revisions').insert([
      { ...revision, revision: 'short', date: 'd' },
      { ...revision, revision: 'long', date: 'd'.repeat(10_000) },
    ]);

    await downTo(knex, 'unbounded_text');

    const kept = await knex('revisions').orderBy('revision').pluck('revision');
    // SQLite never had lengths.
    expect(kept).toEqual(id === 'SQLITE_3' ? ['long', 'short'] : ['short']);
    await knex.migrate.latest({ directory });
    expect(await knex('revisions').pluck('revision')).toEqual(kept);
  });

  it('run once if two replicas start at the same time', async () => {
    const knex = await databases.init(id);
    if (id === 'SQLITE_3') {
      // SQLite has only one process, which migrates once.
      await createOn(knex);
    } else {
      const another = createKnex(knex.client.config);
      try {
        await Promise.all([createOn(knex), createOn(another)]);
      } finally {
        await another.destroy();
      }
    }
    expect(await knex('promotions').select()).toEqual([]);
    expect(await knex('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
  });
});

/** Reverts migrations, down to and including one. */
async function downTo(knex: Knex, topic: string): Promise<void> {
  let undone = '';
  while (!undone.includes(topic)) {
    const [, names] = await knex.migrate.down({ directory });
    undone = String(names);
  }
}

async function createOn(knex: Knex): Promise<DeliveryDatabase> {
  return DeliveryDatabase.create({ database: { getClient: async () => knex } });
}
