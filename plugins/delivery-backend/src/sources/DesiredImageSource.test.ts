import { mockServices } from '@backstage/backend-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { DefaultArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { firstObservation } from '../__testUtils__/observations';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findApplications } from '../store/operations/readApplications';
import { DesiredImageSource } from './DesiredImageSource';

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';
const AT = '2026-11-23T05:00:00.000Z';
const deployment = (image: string) => ({
  kind: 'Deployment',
  spec: { template: { spec: { containers: [{ image }] } } },
});

describe.each(databases.eachSupportedId())('DesiredImageSource on %s', id => {
  let argocd: ReplayedArgoCd;
  let client: DefaultArgoCdClient;
  let source: DesiredImageSource;
  let database: DeliveryDatabase;
  let behind: Application;

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start({ token: TOKEN });
    client = DefaultArgoCdClient.create({
      name: 'main',
      url: argocd.url,
      frontendUrl: argocd.url,
      credentials: { token: TOKEN },
    });
    database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const first = await firstObservation('helmvalues');
    behind = {
      ...first.application,
      automatedSync: false,
      sync: { status: 'OutOfSync', revisions: ['b'.repeat(40)] },
    };
    await observe(tracker, { ...first, application: behind });
    source = DesiredImageSource.create({
      client,
      tracker,
      logger: mockServices.logger.mock(),
      retryMs: 20,
    });
    source.start(await holdLease(database));
  });

  afterEach(async () => {
    await source.stop();
    await client.close();
    await argocd.stop();
  });

  const reads = () =>
    argocd.requests.filter(path => path.includes('/managed-resources')).length;
  const untilDesired = (images: string[] | undefined) =>
    waitFor(async () => {
      const [found] = await findApplications(database.knex, {});
      expect(found.desired?.images).toEqual(images);
    });

  it('reads once per revision what Git wants', async () => {
    argocd.putManaged(behind.ref.name, [deployment('api:1.1.0')]);
    await source.onList([behind], AT, []);
    await untilDesired(['api:1.1.0']);
    const [{ desired }] = await findApplications(database.knex, {});
    expect(desired?.manifests).toMatch(/^[\w-]{43}$/);
    await source.onList([behind], AT, []);
    await source.onChanged({ ...behind, reconciledAt: AT });
    await new Promise(setImmediate);
    expect(reads()).toBe(1);
  });

  it('tries again what could not be read', async () => {
    await source.onChanged(behind);
    await waitFor(() => expect(reads()).toBeGreaterThan(0));
    await untilDesired(undefined);
    argocd.putManaged(behind.ref.name, [deployment('api:1.2.0')]);
    await untilDesired(['api:1.2.0']);
  });

  it.each<[string, Partial<Application>]>([
    ['syncs by itself', { automatedSync: true }],
    ['is Synced', { sync: { status: 'Synced', revisions: [] } }],
  ])('reads nothing of an application that %s', async (_, overrides) => {
    argocd.putManaged(behind.ref.name, [deployment('api:1.1.0')]);
    argocd.putManaged('other', [deployment('other:1.0.0')]);
    await source.onChanged({ ...behind, ...overrides });
    const other = { ...behind, ref: { ...behind.ref, name: 'other' } };
    await source.onChanged(other);
    await waitFor(() => expect(reads()).toBe(1));
    expect(argocd.requests.join()).not.toContain(
      `${behind.ref.name}/managed-resources`,
    );
  });
});
