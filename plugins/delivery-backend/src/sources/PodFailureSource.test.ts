import { mockServices } from '@backstage/backend-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { readRecordingText, waitFor } from '@landfall/testing-kit';
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
import { PodFailureSource } from './PodFailureSource';

const databases = createTestDatabases();
const AT = '2026-11-23T05:00:00.000Z';
const RECORDED = JSON.parse(
  readRecordingText('argocd/03-resource-tree-degraded.json'),
).response.body;
const MESSAGE =
  'Back-off pulling image "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/search:broken-2": ErrImagePull: not found';

describe.each(databases.eachSupportedId())('PodFailureSource on %s', id => {
  let argocd: ReplayedArgoCd;
  let source: PodFailureSource;
  let database: DeliveryDatabase;
  let degraded: Application;

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start();
    database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const first = await firstObservation('helmvalues');
    degraded = { ...first.application, health: { status: 'Degraded' } };
    await observe(tracker, { ...first, application: degraded });
    source = PodFailureSource.create({
      client: argocd.createClient(),
      tracker,
      logger: mockServices.logger.mock(),
      times: { graceMs: 0, everyMs: 20, maxDelayMs: 20 },
    });
    source.start(await holdLease(database));
  });

  afterEach(async () => {
    await source.stop();
    await argocd.stop();
  });

  const reads = (name = degraded.ref.name) =>
    argocd.requests.filter(path => path.includes(`/${name}/resource-tree`))
      .length;
  const stored = async () =>
    (await findApplications(database.knex, {}))[0].podFailures;
  const untilFailures = (expected: object | undefined) =>
    waitFor(async () => expect(await stored()).toEqual(expected));

  it('stores why the pods fail, as recorded', async () => {
    argocd.putTree(degraded.ref.name, RECORDED);
    await source.onList([degraded], AT, []);
    await untilFailures([expect.anything()]);
    expect(await stored()).toEqual([
      {
        pod: 'search-c8b85b6b6-65d8c',
        namespace: 'dev',
        pods: 1,
        reason: 'ImagePullBackOff',
        message: MESSAGE,
      },
    ]);
  });

  it('finds what the events of a pod say that is not ready', async () => {
    const [pod] = RECORDED.nodes;
    argocd.putTree(degraded.ref.name, {
      nodes: [{ ...pod, health: { status: 'Progressing' } }],
    });
    argocd.putEvents(degraded.ref.name, [
      {
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'Readiness probe failed: connection refused',
        count: 4,
        lastTimestamp: new Date().toISOString(),
      },
    ]);
    await source.onChanged({ ...degraded, health: { status: 'Progressing' } });
    await untilFailures([
      expect.objectContaining({
        reason: 'Unhealthy',
        message: 'Readiness probe failed: connection refused',
      }),
    ]);
  });

  it('forgets them when the pods no longer fail', async () => {
    argocd.putTree(degraded.ref.name, RECORDED);
    await source.onList([degraded], AT, []);
    await untilFailures([expect.objectContaining({ message: MESSAGE })]);
    argocd.putTree(degraded.ref.name, { nodes: [] });
    await untilFailures(undefined);
  });

  it('tries again what could not be read', async () => {
    await source.onChanged(degraded);
    await waitFor(() => expect(reads()).toBeGreaterThan(1));
    argocd.putTree(degraded.ref.name, RECORDED);
    await untilFailures([expect.objectContaining({ message: MESSAGE })]);
  });

  it.each<[string, Partial<Application>]>([
    ['is Healthy', { health: { status: 'Healthy' } }],
    ['is Suspended', { health: { status: 'Suspended' } }],
  ])('reads nothing of an application that %s', async (_, overrides) => {
    argocd.putTree(degraded.ref.name, RECORDED);
    argocd.putTree('other', { nodes: [] });
    await source.onChanged({ ...degraded, ...overrides });
    const other = { ...degraded, ref: { ...degraded.ref, name: 'other' } };
    await source.onChanged(other);
    await waitFor(() => expect(reads('other')).toBeGreaterThan(1));
    expect(reads()).toBe(0);
  });
});
