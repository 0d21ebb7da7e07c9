import { mockServices } from '@backstage/backend-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { imageUpdater, KubernetesServer, waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { firstObservation } from '../__testUtils__/observations';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { LeaderTask } from '../leadership/LeaderElection';
import { kubernetesKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readImageUpdaters } from '../store/operations/imageUpdaters';
import { readUnreadable } from '../store/operations/unreadableResources';
import { ImageUpdaterSource } from './ImageUpdaterSource';
import { KubernetesUpdaterSource } from './KubernetesUpdaterSource';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const REPOSITORY = 'registry.example.com/shop/extra';

describe.each(databases.eachSupportedId())(
  'KubernetesUpdaterSource on %s',
  id => {
    let application: Application;
    let kubernetes: KubernetesServer;
    let argocd: ReplayedArgoCd;
    let database: DeliveryDatabase;
    let kubernetesSource: KubernetesUpdaterSource;
    let argoCdSource: ImageUpdaterSource;
    let observed: string[][];
    let logger: ReturnType<typeof mockServices.logger.mock>;

    beforeAll(async () => {
      ({ application } = await firstObservation('helmvalues'));
    });

    beforeEach(async () => {
      kubernetes = await KubernetesServer.start();
      argocd = await ReplayedArgoCd.start();
      database = await createDatabase(databases, id);
      logger = mockServices.logger.mock();
      observed = [];
      const tracker = createTracker(database);
      const shared = {
        database,
        logger,
        signalsAdded: () => {},
        updaterIntervalMs: 40,
        // Records what the tracker observes.
        tracker: Object.create(tracker, {
          observeImageUpdaters: {
            value: async (
              ...args: Parameters<typeof tracker.observeImageUpdaters>
            ) => {
              await tracker.observeImageUpdaters(...args);
              observed.push(args[0].changed.map(({ name }) => name));
            },
          },
        }),
      };
      kubernetesSource = KubernetesUpdaterSource.create({
        ...shared,
        cluster: {
          instance: 'main',
          connection: { name: "the cluster 'hub'", url: () => kubernetes.url },
        },
        times: { firstPauseMs: 1, maxPauseMs: 5 },
      });
      argoCdSource = ImageUpdaterSource.create({
        ...shared,
        client: argocd.createClient(),
        alsoReadFrom: [kubernetesKey('main')],
      });
    });

    afterEach(async () => {
      await kubernetesSource.stop();
      await argoCdSource.stop();
      await kubernetes.stop();
      await argocd.stop();
    });

    async function start(...sources: LeaderTask[]): Promise<void> {
      const fence = await holdLease(database);
      sources.forEach(source => source.start(fence));
    }

    /** An application that manages ImageUpdater resources. */
    const manager = (): Application => ({
      ...application,
      ref: { ...application.ref, name: 'shop-apps' },
      resources: { total: 2, outOfSync: 0, unwell: [], imageUpdaters: 2 },
    });
    const stored = async (name = 'api-dev') =>
      (
        await readImageUpdaters(database.knex, [{ ...application.ref, name }])
      ).map(({ updater }) => updater);
    const found = async (name?: string) =>
      (await stored(name)).map(updater => updater.name);
    const reason = async () =>
      (await readUnreadable(database.knex, [application.ref]))(application.ref)
        .imageUpdaters?.reason;
    const managers = async () =>
      Object.fromEntries(
        (await database.knex('image_updaters').select('name', 'manager')).map(
          row => [
            row.name,
            row.manager === kubernetesKey('main') ? 'kubernetes' : 'argocd',
          ],
        ),
      );

    it('stores what no application of Argo CD manages, and what changes', async () => {
      kubernetes.putUpdater(imageUpdater('exact', { namePattern: 'api-dev' }));
      kubernetes.putUpdater(imageUpdater('glob', { namePattern: 'web-*' }));
      await start(kubernetesSource);
      await waitFor(async () =>
        expect(await found()).toEqual(['exact', 'glob']),
      );
      expect(await found('cart')).toEqual(['glob']);

      kubernetes.delete('imageupdaters', 'argocd', 'glob');
      await waitFor(async () => expect(await found()).toEqual(['exact']));
    });

    it('opens promotions of earlier pushes that the policy allows', async () => {
      const tracker = createTracker(database);
      await observe(tracker, {
        kind: 'application-observed',
        application: {
          ...application,
          ref: { ...application.ref, name: 'cart' },
          annotations: {},
          images: [`${REPOSITORY}:1.0.0`],
        },
        seenAt: AT,
      });
      await observe(tracker, {
        kind: 'image-pushed',
        repository: REPOSITORY,
        digest: `sha256:${'1'.repeat(64)}`,
        tags: ['1.1.0'],
        pushedAt: '2026-11-23T04:01:00.000Z',
        seenAt: '2026-11-23T04:01:01.000Z',
      });
      kubernetes.putUpdater({
        ...imageUpdater('cart'),
        spec: {
          applicationRefs: [
            {
              namePattern: 'cart',
              images: [{ alias: 'app', imageName: `${REPOSITORY}:^1` }],
            },
          ],
        },
      });
      await start(kubernetesSource);

      await waitFor(async () =>
        expect(
          await database.knex('promotions').where({ tag: '1.1.0' }),
        ).toHaveLength(1),
      );
    });

    it('stores each resource once, however often both sources read it', async () => {
      const shared = imageUpdater('shared', { namePattern: 'api-dev' });
      const checked = (minute: number) => ({
        ...shared,
        status: { lastCheckedAt: `2026-11-23T04:${minute}:00Z` },
      });
      argocd.putManaged('shop-apps', [
        checked(10),
        imageUpdater('managed', { namePattern: 'api-dev' }),
      ]);
      kubernetes.putUpdater(checked(12));
      await start(argoCdSource);
      await argoCdSource.onList([manager()], AT, []);
      await waitFor(async () =>
        expect(await found()).toEqual(['managed', 'shared']),
      );

      await start(kubernetesSource);
      await waitFor(async () =>
        expect(await managers()).toEqual({
          managed: 'argocd',
          shared: 'kubernetes',
        }),
      );
      const reads = argocd.requests.length;
      await waitFor(() =>
        expect(argocd.requests.length).toBeGreaterThan(reads + 3),
      );
      expect(await managers()).toEqual({
        managed: 'argocd',
        shared: 'kubernetes',
      });
      expect((await stored()).map(one => one.lastCheckedAt)).toEqual([
        undefined,
        '2026-11-23T04:12:00.000Z',
      ]);
      // Once for each source, and not with every read.
      expect(observed.filter(names => names.includes('shared'))).toHaveLength(
        2,
      );
    });

    it.each([
      ['the right is missing', 403, 'kubernetes-forbidden'],
      ['the kind is missing', 404, 'kubernetes-missing'],
    ])(
      'leaves the resources to Argo CD while %s',
      async (_, status, expected) => {
        const shared = imageUpdater('shared', { namePattern: 'api-dev' });
        argocd.putManaged('shop-apps', [shared]);
        kubernetes.putUpdater(shared);
        kubernetes.putUpdater(
          imageUpdater('other', { namePattern: 'api-dev' }),
        );
        await start(argoCdSource, kubernetesSource);
        await argoCdSource.onList([manager()], AT, []);
        await waitFor(async () =>
          expect(await managers()).toEqual({
            other: 'kubernetes',
            shared: 'kubernetes',
          }),
        );

        kubernetes.refuse('imageupdaters', status);
        kubernetes.endWatches();
        await waitFor(async () => expect(await reason()).toBe(expected));
        await waitFor(async () =>
          expect(await managers()).toEqual({
            other: 'kubernetes',
            shared: 'argocd',
          }),
        );
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining(
            "The ImageUpdater resources in the cluster 'hub' can't be read",
          ),
        );

        kubernetes.refuse('imageupdaters', undefined);
        await waitFor(async () => expect(await reason()).toBeUndefined());
        await waitFor(async () =>
          expect(await managers()).toEqual({
            other: 'kubernetes',
            shared: 'kubernetes',
          }),
        );
      },
    );

    it('keeps what it stored while Kubernetes is away, also across a restart', async () => {
      kubernetes.putUpdater(imageUpdater('exact', { namePattern: 'api-dev' }));
      await start(kubernetesSource, argoCdSource);
      await argoCdSource.onList([], AT, []);
      await waitFor(async () => expect(await found()).toEqual(['exact']));
      await kubernetes.stop();
      await waitFor(async () =>
        expect(await reason()).toBe('kubernetes-unreachable'),
      );
      await kubernetesSource.stop();
      await start(kubernetesSource);

      await argoCdSource.onList([], AT, []);
      expect(await found()).toEqual(['exact']);
      await kubernetes.listen();
      await waitFor(async () => expect(await reason()).toBeUndefined());
      expect(await found()).toEqual(['exact']);
    });

    it('is forgotten by the other source once it is no longer configured', async () => {
      kubernetes.putUpdater(imageUpdater('exact', { namePattern: 'api-dev' }));
      await start(kubernetesSource);
      await waitFor(async () => expect(await found()).toEqual(['exact']));
      kubernetes.refuse('imageupdaters', 403);
      kubernetes.endWatches();
      await waitFor(async () =>
        expect(await reason()).toBe('kubernetes-forbidden'),
      );
      await kubernetesSource.stop();

      const alone = ImageUpdaterSource.create({
        client: argocd.createClient(),
        database,
        tracker: createTracker(database),
        logger,
        signalsAdded: () => {},
        updaterIntervalMs: 40,
      });
      alone.start(await holdLease(database));
      await alone.onList([], AT, []);
      await waitFor(async () => expect(await found()).toEqual([]));
      await waitFor(async () => expect(await reason()).toBeUndefined());
      await alone.stop();
    });
  },
);
