import { mockServices } from '@backstage/backend-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import type { DefaultArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { type Measurement, recordMetrics } from '../__testUtils__/metrics';
import { firstObservation } from '../__testUtils__/observations';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  readImageUpdaters,
  replaceImageUpdaters,
} from '../store/operations/imageUpdaters';
import { readUnreadable } from '../store/operations/unreadableResources';
import type { Tracker } from '../tracker/types';
import { ImageUpdaterSource } from './ImageUpdaterSource';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';

const updater = (name: string, namePattern: string) => ({
  apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
  kind: 'ImageUpdater',
  metadata: { name, namespace: 'argocd' },
  spec: { applicationRefs: [{ namePattern, useAnnotations: true }] },
});

describe.each(databases.eachSupportedId())('ImageUpdaterSource on %s', id => {
  let application: Application;
  let argocd: ReplayedArgoCd;
  let client: DefaultArgoCdClient;
  let source: ImageUpdaterSource;
  let database: DeliveryDatabase;
  let signalsAdded: jest.Mock;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let measured: Measurement[];
  let metrics: ReturnType<typeof recordMetrics>['metrics'];

  beforeAll(async () => {
    ({ application } = await firstObservation('helmvalues'));
  });

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start();
    client = argocd.createClient();
    database = await createDatabase(databases, id);
    signalsAdded = jest.fn();
    logger = mockServices.logger.mock();
    const recorded = recordMetrics();
    measured = recorded.measured;
    metrics = recorded.metrics;
    source = createSource(createTracker(database));
    source.start(await holdLease(database));
  });

  function createSource(
    tracker: Tracker,
    stored: DeliveryDatabase = database,
  ): ImageUpdaterSource {
    return ImageUpdaterSource.create({
      client,
      database: stored,
      tracker,
      logger,
      metrics,
      signalsAdded,
      updaterIntervalMs: 40,
    });
  }

  afterEach(async () => {
    await source.stop();
    await argocd.stop();
  });

  /** An application that manages ImageUpdater resources. */
  const manager = (): Application => ({
    ...application,
    ref: { ...application.ref, name: 'shop-apps' },
    resources: { total: 2, outOfSync: 0, unwell: [], imageUpdaters: 2 },
  });
  const found = async (name: string) =>
    (
      await readImageUpdaters(database.knex, [{ ...application.ref, name }])
    ).map(each => each.updater.name);

  it('reads the resources that an application manages, and finds them by the name or glob that they select', async () => {
    argocd.putManaged('shop-apps', [
      updater('exact', 'api-dev'),
      updater('glob', 'web-*'),
    ]);
    await source.onList([application, manager()], AT, []);

    await waitFor(async () =>
      expect(await found('api-dev')).toEqual(['exact', 'glob']),
    );
    expect(await found('cart')).toEqual(['glob']);
    await waitFor(() => expect(signalsAdded).toHaveBeenCalled());
  });

  it.each([
    ['', false],
    [', also where another process stored it and ended before that', true],
  ])(
    'opens promotions of earlier pushes that the policy allows%s',
    async (_, isStored) => {
      const tracker = createTracker(database);
      const repository = 'registry.example.com/shop/extra';
      const named = (name: string): Application => ({
        ...application,
        ref: { ...application.ref, name },
        annotations: {},
        images: [`${repository}:1.0.0`],
      });
      for (const name of ['cart', 'cart-next']) {
        await observe(tracker, {
          kind: 'application-observed',
          application: named(name),
          seenAt: AT,
        });
      }
      await observe(tracker, {
        kind: 'image-pushed',
        repository,
        digest: `sha256:${'1'.repeat(64)}`,
        tags: ['1.1.0'],
        pushedAt: '2026-11-23T04:01:00.000Z',
        seenAt: '2026-11-23T04:01:01.000Z',
      });
      const waiting = async () =>
        (await database.knex('promotions').where({ tag: '1.1.0' })).map(
          row => row.application_key,
        );
      expect(await waiting()).toEqual([]);

      const resource = updater('cart', 'cart');
      argocd.putManaged('shop-apps', [
        {
          ...resource,
          spec: {
            applicationRefs: [
              {
                namePattern: 'cart',
                images: [{ alias: 'app', imageName: `${repository}:^1` }],
              },
            ],
          },
        },
      ]);
      if (isStored) {
        const { ref, project } = manager();
        const updaters = await client.resources.imageUpdaters(ref, { project });
        await database.transaction(tx =>
          replaceImageUpdaters(tx, {
            instance: ref.instance,
            manager: applicationKey(ref),
            updaters,
          }),
        );
      }
      await source.onList([manager()], AT, []);
      await waitFor(async () =>
        expect(await waiting()).toEqual([applicationKey(named('cart').ref)]),
      );
    },
  );

  it('keeps resources while they can’t be read, and removes them with their manager', async () => {
    argocd.putManaged('shop-apps', [updater('exact', 'api-dev')]);
    await source.onList([manager()], AT, []);
    await waitFor(async () =>
      expect(await found('api-dev')).toEqual(['exact']),
    );

    argocd.putManaged('shop-apps', undefined);
    const asked = argocd.requests.length;
    await waitFor(() =>
      expect(argocd.requests.length).toBeGreaterThan(asked + 1),
    );
    expect(await found('api-dev')).toEqual(['exact']);

    await source.onDeleted(manager().ref);
    await waitFor(async () => expect(await found('api-dev')).toEqual([]));
  });

  it('observes a change again when observing it failed', async () => {
    const tracker = createTracker(database);
    const observed: string[] = [];
    let failures = 0;
    const failing = Object.create(tracker, {
      observeImageUpdaters: {
        value: async (
          ...args: Parameters<typeof tracker.observeImageUpdaters>
        ) => {
          if (failures > 0) {
            failures -= 1;
            throw new Error('connection lost');
          }
          await tracker.observeImageUpdaters(...args);
          observed.push(...args[0].changed.map(({ name }) => name));
        },
      },
    });
    await source.stop();
    source = createSource(failing);
    source.start(await holdLease(database));
    argocd.putManaged('shop-apps', [updater('first', 'api-dev')]);
    await source.onList([application, manager()], AT, []);
    await waitFor(() => expect(observed).toContain('first'));

    failures = 1;
    argocd.putManaged('shop-apps', [
      updater('first', 'api-dev'),
      updater('second', 'web-*'),
    ]);
    await waitFor(() => expect(failures).toBe(0));
    await waitFor(() => expect(observed).toContain('second'), {
      timeoutMs: 30_000,
    });
  });

  it.each([
    ['storing resources', 1],
    ['removing the recorded failure', 2],
  ])(
    'retries after the database failed while %s, and reports no failed read',
    async (_, failAt) => {
      const why = async () =>
        (await readUnreadable(database.knex, [application.ref]))(
          application.ref,
        ).imageUpdaters;
      argocd.putManaged('shop-apps', undefined);
      await source.onList([application, manager()], AT, []);
      await waitFor(async () => expect(await why()).toBeDefined());
      await source.stop();

      const tracker = createTracker(database);
      const observed: string[] = [];
      const recording = Object.create(tracker, {
        observeImageUpdaters: {
          value: async (
            ...args: Parameters<typeof tracker.observeImageUpdaters>
          ) => {
            await tracker.observeImageUpdaters(...args);
            observed.push(...args[0].changed.map(({ name }) => name));
          },
        },
      });
      let transactions = 0;
      const failing = Object.create(database, {
        transaction: {
          value: async (
            ...args: Parameters<DeliveryDatabase['transaction']>
          ) => {
            transactions += 1;
            if (transactions === failAt) {
              throw new Error('connection lost');
            }
            return database.transaction(...args);
          },
        },
      });
      const failedReads = () =>
        measured.filter(({ name }) => name === 'delivery.read.failures').length;
      const before = failedReads();
      argocd.putManaged('shop-apps', [updater('exact', 'api-dev')]);
      source = createSource(recording, failing);
      await source.onList([application, manager()], AT, []);
      source.start(await holdLease(database));

      await waitFor(() => expect(observed).toContain('exact'));
      expect(await why()).toBeUndefined();
      expect(failedReads()).toBe(before);
    },
  );

  it('overwrites nothing of its successor when it resumes after a stall', async () => {
    const other = (): Application => ({
      ...manager(),
      ref: { ...manager().ref, name: 'other-apps' },
    });
    argocd.putManaged('shop-apps', [updater('exact', 'api-dev')]);
    argocd.putManaged('other-apps', [updater('theirs', 'cart')]);
    await source.onList([manager()], AT, []);
    await waitFor(async () =>
      expect(await found('api-dev')).toEqual(['exact']),
    );

    // It stalls with a response that says the resource was removed.
    argocd.putManaged('shop-apps', []);
    const resume = argocd.holdManaged();
    await waitFor(() => expect(argocd.held).toBe(1));
    const successor = ImageUpdaterSource.create({
      client,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
      signalsAdded,
      updaterIntervalMs: 40,
    });
    await successor.onList([manager(), other()], AT, []);
    argocd.putManaged('shop-apps', [updater('renamed', 'api-dev')]);
    successor.start(await holdLease(database, 'successor'));
    await waitFor(async () => expect(await found('cart')).toEqual(['theirs']));
    await waitFor(async () =>
      expect(await found('api-dev')).toEqual(['renamed']),
    );
    await successor.stop();

    resume();
    await waitFor(() =>
      expect(measured).toContainEqual(
        expect.objectContaining({
          name: 'delivery.task.runs',
          labels: { task: 'image-updaters', outcome: 'fenced' },
        }),
      ),
    );

    expect(await found('cart')).toEqual(['theirs']);
    expect(await found('api-dev')).toEqual(['renamed']);
  });

  it('reports unreadable resources once, in the log and to pages, until they can be read', async () => {
    const why = async () =>
      (await readUnreadable(database.knex, [application.ref]))(application.ref)
        .imageUpdaters;
    const warnings = () =>
      logger.warn.mock.calls.filter(([message]) =>
        message.includes("can't be read"),
      );
    argocd.putManaged('shop-apps', undefined);
    await source.onList([application, manager()], AT, []);

    await waitFor(async () =>
      expect(await why()).toEqual({
        reason: 'failed',
        since: expect.any(String),
      }),
    );
    const asked = argocd.requests.length;
    await waitFor(() =>
      expect(argocd.requests.length).toBeGreaterThan(asked + 2),
    );
    expect(warnings()).toHaveLength(1);
    expect(signalsAdded).toHaveBeenCalledTimes(1);

    argocd.putManaged('shop-apps', [updater('exact', 'api-dev')]);
    await waitFor(async () => expect(await why()).toBeUndefined());

    argocd.putManaged('shop-apps', undefined);
    await waitFor(() => expect(warnings()).toHaveLength(2));
    await source.onDeleted(manager().ref);
    await waitFor(async () => expect(await why()).toBeUndefined());
  });
});
