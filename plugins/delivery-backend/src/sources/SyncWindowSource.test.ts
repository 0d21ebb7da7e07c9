import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type { DefaultArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { recordMetrics } from '../__testUtils__/metrics';
import { observationsOf } from '../__testUtils__/observations';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findApplications } from '../store/operations/readApplications';
import { readWaitingForSync } from '../store/operations/readWaitingForSync';
import {
  SyncWindowSource,
  type SyncWindowSourceOptions,
} from './SyncWindowSource';

const databases = createTestDatabases();
const DENY = { kind: 'deny', schedule: '0 3 * * *', duration: '1h' };

describe.each(databases.eachSupportedId())('SyncWindowSource on %s', id => {
  let observations: Observation[];
  let argocd: ReplayedArgoCd;
  let client: DefaultArgoCdClient;

  beforeAll(async () => {
    observations = await observationsOf('helmvalues');
  });

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start();
    client = argocd.createClient();
    argocd.putSyncWindows('api-dev', {
      activeWindows: [DENY],
      assignedWindows: [DENY],
    });
  });

  afterEach(async () => {
    await argocd.stop();
  });

  /**
   * Observes the recorded observations before the first for which `until` is
   * true.
   */
  async function observeUntil(
    database: DeliveryDatabase,
    until: (observation: Observation) => boolean,
  ): Promise<void> {
    const tracker = createTracker(database);
    for (const observation of observations.slice(
      0,
      observations.findIndex(until),
    )) {
      await observe(tracker, observation);
    }
  }

  async function start(
    database: DeliveryDatabase,
    options: Partial<SyncWindowSourceOptions> = {},
  ) {
    const source = SyncWindowSource.create({
      client,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
      signalsAdded: () => {},
      times: { graceMs: 0, everyMs: 20 },
      ...options,
    });
    source.start(await holdLease(database));
    return source;
  }

  const isRunning = (observation: Observation) =>
    observation.kind === 'application-observed' &&
    observation.application.operation?.phase === 'Running';
  const waiting = (database: DeliveryDatabase) =>
    readWaitingForSync(database.knex, {
      instance: 'main',
      committedBefore: new Date().toISOString(),
      limit: 10,
    });
  const asked = () =>
    argocd.requests.filter(path => path.endsWith('/syncwindows')).length;

  it('reads and stores sync windows while the sync of a committed version is pending', async () => {
    const database = await createDatabase(databases, id);
    await observeUntil(database, isRunning);
    expect(await waiting(database)).toEqual([
      {
        ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
        project: 'shop',
      },
    ]);
    const source = await start(database);

    await waitFor(async () => {
      const [found] = await findApplications(database.knex, {});
      expect(found.syncWindows).toMatchObject({
        active: [DENY],
        assigned: [DENY],
      });
    });
    await waitFor(() => expect(asked()).toBeGreaterThan(1));
    await source.stop();
  });

  it('reports no failed read when the database fails, and retries', async () => {
    const database = await createDatabase(databases, id);
    await observeUntil(database, isRunning);
    const tracker = createTracker(database);
    let failures = 1;
    const failing = Object.create(tracker, {
      observeSyncWindows: {
        value: async (
          ...args: Parameters<typeof tracker.observeSyncWindows>
        ) => {
          if (failures > 0) {
            failures -= 1;
            throw new Error('connection lost');
          }
          await tracker.observeSyncWindows(...args);
        },
      },
    });
    const { metrics, measured } = recordMetrics();
    const source = await start(database, { tracker: failing, metrics });

    await waitFor(async () => {
      const [found] = await findApplications(database.knex, {});
      expect(found.syncWindows).toMatchObject({ active: [DENY] });
    });
    await source.stop();

    expect(failures).toBe(0);
    expect(measured.map(({ name }) => name)).not.toContain(
      'delivery.read.failures',
    );
  });

  it('finds no pending sync once the version is synced', async () => {
    const database = await createDatabase(databases, id);
    await observeUntil(
      database,
      observation => observation === observations.at(-1),
    );
    expect(await waiting(database)).toEqual([]);
  });
});
