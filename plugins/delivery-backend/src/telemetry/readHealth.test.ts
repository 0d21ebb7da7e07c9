import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { recordMetrics } from '../__testUtils__/metrics';
import { kubernetesKey } from '../store/applicationKey';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { readQueues } from '../store/operations/readQueues';
import { saveInstance } from '../store/operations/instances';
import { saveUnreadable } from '../store/operations/unreadableResources';
import { isoNow } from '../store/time';
import { readHealth } from './readHealth';

const databases = createTestDatabases();
const LONG_AGO = '2026-01-01T00:00:00.000Z';

describe.each(databases.eachSupportedId())('health on %s', id => {
  async function setUp() {
    const database = await createDatabase(databases, id);
    const { name } = await holdLease(database);
    const live = { name: 'main', state: 'live', since: LONG_AGO } as const;
    await saveInstance(database.knex, live);
    const codes = async () => {
      const { status, reasons } = await readHealth({
        database,
        instanceNames: ['main', 'edge'],
        leases: [name],
        startedAt: isoNow(),
      });
      return [status, ...reasons.map(({ code }) => code)];
    };
    return { database, codes };
  }

  it('is ok while everything works, and just after a start', async () => {
    const { codes } = await setUp();
    expect(await codes()).toEqual(['ok']);
  });

  it('is degraded by an unreachable instance and by unreadable resources', async () => {
    const { database, codes } = await setUp();
    await saveInstance(database.knex, {
      name: 'edge',
      state: 'unreachable',
      since: LONG_AGO,
    });
    await database.transaction(tx =>
      saveUnreadable(tx, {
        kind: 'image-updaters',
        instance: 'main',
        application_key: 'key',
        reason: 'forbidden',
      }),
    );

    expect(await codes()).toEqual([
      'degraded',
      'instance-not-live',
      'image-updaters-unreadable',
    ]);
  });

  it('is degraded by a cluster that can’t be read', async () => {
    const { database } = await setUp();
    await database.transaction(tx =>
      saveUnreadable(tx, {
        kind: 'image-updaters',
        instance: 'main',
        application_key: kubernetesKey('main'),
        reason: 'kubernetes-forbidden',
      }),
    );
    const { reasons } = await readHealth({
      database,
      instanceNames: ['main'],
      leases: [],
      startedAt: isoNow(),
    });

    expect(reasons).toEqual([
      {
        code: 'image-updaters-unreadable',
        instance: 'main',
        message:
          "ImageUpdater resources of Argo CD 'main' can't be read from Kubernetes",
      },
    ]);
  });

  it('is degraded by a lease that nobody holds and by pending signals', async () => {
    const { database, codes } = await setUp();
    await database.knex('leases').update({ expires_at: 0 });
    const signal = { keys: ['a'], appeared: false, instances: false };
    await addToSignalOutbox(database.knex, signal);
    await database.knex('outbox').update({ created_at: LONG_AGO });

    expect(await codes()).toEqual(['degraded', 'no-leader', 'signals-late']);
  });

  it('measures the queues', async () => {
    const { database } = await setUp();
    const { metrics, collect } = recordMetrics();
    metrics.observeQueues(() =>
      readQueues(database.knex, { instances: ['main'], now: isoNow() }),
    );
    const signal = { keys: ['a'], appeared: false, instances: false };
    await addToSignalOutbox(database.knex, signal);
    // Nothing uses the second one, so nobody reads it.
    await database.knex('repositories').insert(
      ['used', 'unused'].map(repository => ({
        repository,
        next_read_at: LONG_AGO,
        failures: 0,
        named_at: repository === 'used' ? LONG_AGO : null,
      })),
    );

    const measured = await collect();

    expect(measured).toContainEqual({
      name: 'delivery.queue.length',
      value: 1,
      labels: { queue: 'signals' },
    });
    const ofRepositories = measured.filter(
      ({ labels }) => labels && Object.values(labels).includes('repositories'),
    );
    expect(ofRepositories).toEqual([
      expect.objectContaining({ name: 'delivery.queue.length', value: 1 }),
      expect.objectContaining({ name: 'delivery.queue.age' }),
    ]);
    expect(ofRepositories[1].value).toBeGreaterThan(86_400);
    expect(measured).toContainEqual({
      name: 'delivery.outbox.age',
      value: expect.any(Number),
      labels: undefined,
    });
  });
});
