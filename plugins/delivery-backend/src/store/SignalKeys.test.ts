import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { applicationKey } from './applicationKey';
import { DeliveryDatabase } from './DeliveryDatabase';

const databases = createTestDatabases();
const KEY = applicationKey({
  instance: 'main',
  namespace: 'argocd',
  name: 'payments-prod',
});

describe.each(databases.eachSupportedId())('SignalKeys on %s', id => {
  it('are the same on all replicas and after a restart', async () => {
    const database = await createDatabase(databases, id);
    const replica = await DeliveryDatabase.create({
      database: { getClient: async () => database.knex },
    });
    const [one, other] = await Promise.all([
      database.signalKeys(),
      replica.signalKeys(),
    ]);
    expect(one.of(KEY)).toBe(other.of(KEY));
    expect(one.of(KEY)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('can’t be derived from a name, and differ between installations', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () =>
        (await createDatabase(databases, id)).signalKeys(),
      ),
    );
    expect(one.of(KEY)).not.toBe(KEY);
    expect(one.of(KEY)).not.toBe(other.of(KEY));
  });

  it('require the migrations', async () => {
    const database = await createDatabase(databases, id);
    await database.knex('installation_keys').delete();
    await expect(database.signalKeys()).rejects.toThrow(/migrations again/);
  });
});
