import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type Application,
  DEFAULT_ACCESS_RULES,
  type ImageUpdaterResource,
} from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import createKnex, { type Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { statementsOf } from '../__testUtils__/explain';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { scheduleRetention } from '../scheduleRetention';
import { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  keepManagers,
  replaceImageUpdaters,
} from '../store/operations/imageUpdaters';
import { saveInstance } from '../store/operations/instances';
import { saveRepositoryRead } from '../store/operations/repositories';
import { saveSearch } from '../store/operations/repositorySearches';
import { searchKey } from '../store/repositoryKey';
import type { Tracker } from '../tracker/types';
import { EntityRepositories } from './EntityRepositories';
import { Links } from './links';
import { StoreDeliveryService } from './StoreDeliveryService';

const databases = createTestDatabases();
const AT = '2026-11-23T06:00:00.000Z';
const LATER = '2026-11-23T06:05:00.000Z';
const REF = { kind: 'component', namespace: 'default', name: 'rapid' };
const TAGS = { team: 'shop' };
const OPTIONS = { credentials: mockCredentials.user() };
const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'rapid',
    namespace: 'default',
    annotations: {
      'argocd/app-name': 'rapid',
      'aws.amazon.com/amazon-ecr-tags': 'team=shop',
    },
  },
};
const UPDATER: ImageUpdaterResource = {
  namespace: 'argocd',
  name: 'updater',
  spec: { applicationRefs: [{ namePattern: '*' }] },
};

/** Where a change is made: by this replica, or by another one. */
interface Replica {
  database: DeliveryDatabase;
  tracker: Tracker;
  application: Application;
  repository: string;
}

const CHANGES: [string, (replica: Replica) => Promise<unknown>][] = [
  [
    'the application',
    ({ tracker, application }) =>
      observe(tracker, {
        kind: 'application-observed',
        application: {
          ...application,
          resourceVersion: '99999999',
          health: { ...application.health, status: 'Degraded' },
        },
        seenAt: LATER,
      }),
  ],
  [
    'the end of the application',
    ({ tracker, application }) =>
      observe(tracker, {
        kind: 'application-gone',
        ref: application.ref,
        seenAt: LATER,
      }),
  ],
  [
    'an application that appears',
    ({ tracker, application }) =>
      observe(tracker, {
        kind: 'application-observed',
        application: {
          ...application,
          ref: { ...application.ref, namespace: 'other' },
          uid: 'other',
        },
        seenAt: LATER,
      }),
  ],
  [
    'an image that is pushed',
    ({ tracker, repository }) =>
      observe(tracker, {
        kind: 'image-pushed',
        repository,
        digest: `sha256:${'1'.repeat(64)}`,
        tags: ['9.9.9'],
        seenAt: LATER,
      }),
  ],
  [
    'the sync windows',
    ({ tracker, application }) =>
      tracker.observeSyncWindows({
        kind: 'sync-windows-observed',
        ref: application.ref,
        windows: { active: [], assigned: [] },
        seenAt: LATER,
      }),
  ],
  [
    'a revision that is resolved',
    ({ tracker, application }) =>
      tracker.observeRevision({
        kind: 'revision-resolved',
        repoUrl: application.sources[0].repoUrl,
        revision: application.sync.revisions[0],
        author: 'a',
        date: AT,
        message: 'm',
        seenAt: LATER,
      }),
  ],
  [
    'an ImageUpdater',
    ({ database }) =>
      database.transaction(tx =>
        replaceImageUpdaters(tx, {
          instance: 'main',
          manager: 'm',
          updaters: [{ ...UPDATER, error: 'failed' }],
        }),
      ),
  ],
  [
    'an ImageUpdater that nobody manages any more',
    ({ database }) => database.transaction(tx => keepManagers(tx, 'main', [])),
  ],
  [
    'the state of the instance',
    ({ database }) =>
      saveInstance(database.knex, {
        name: 'main',
        state: 'unreachable',
        since: LATER,
        lastReceivedAt: AT,
      }),
  ],
  [
    'a failed read of the repository',
    ({ database, repository }) =>
      saveRepositoryRead(database.knex, repository, {
        error: 'AccessDenied',
        errorCode: 'read-failed',
        failures: 1,
        nextReadAt: LATER,
      }),
  ],
  [
    'what a search by tags found',
    ({ database }) =>
      saveSearch(database.knex, searchKey(TAGS), {
        repositories: [],
        failures: 0,
        nextSearchAt: LATER,
      }),
  ],
  [
    'the deletion of old data',
    async ({ database }) => {
      const scheduler = mockServices.scheduler.mock();
      await scheduleRetention({
        scheduler,
        database,
        logger: mockServices.logger.mock(),
        retentionMs: 1,
        instances: ['main'],
      });
      const [[task]] = scheduler.scheduleTask.mock.calls;
      await task.fn(new AbortController().signal);
    },
  ],
];

describe.each(databases.eachSupportedId())('StoreDeliveryService on %s', id => {
  let others: Knex[];
  beforeEach(() => {
    others = [];
  });
  afterEach(() => Promise.all(others.map(knex => knex.destroy())));

  /** SQLite has only one process, and one connection. */
  async function otherReplica(database: DeliveryDatabase) {
    if (id === 'SQLITE_3') {
      return database;
    }
    const knex = createKnex(database.knex.client.config);
    others.push(knex);
    return DeliveryDatabase.create({
      database: { getClient: async () => knex, migrations: { skip: true } },
    });
  }

  async function setUp() {
    const database = await createDatabase(databases, id);
    const observations = await observationsOf('superseded');
    for (const observation of observations) {
      // Revisions stay unresolved.
      if (observation.kind !== 'revision-resolved') {
        await observe(createTracker(database), observation);
      }
    }
    await database.transaction(tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: 'm',
        updaters: [UPDATER],
      }),
    );
    const application = observations.findLast(
      one => one.kind === 'application-observed',
    )?.application;
    if (!application) {
      throw new Error('The recording has no application');
    }
    let entity: Entity | undefined = ENTITY;
    let now = 1000;
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => entity,
    });
    const service = StoreDeliveryService.create({
      catalog,
      database,
      accessRules: DEFAULT_ACCESS_RULES,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: DEFAULT_ACCESS_RULES,
        onUnknown: () => {},
      }),
      environments: [],
      instanceNames: ['main'],
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
      cache: {
        authorizationMs: 5000,
        answerBytes: 10_000_000,
        clock: { now: () => now },
      },
    });
    const other = await otherReplica(database);
    return {
      database,
      catalog,
      service,
      overview: () => service.getOverview(REF, OPTIONS),
      other: {
        database: other,
        tracker: createTracker(other),
        application,
        repository: application.images[0].split(':')[0],
      },
      show: (shown: Entity | undefined) => {
        entity = shown;
      },
      wait: (milliseconds: number) => {
        now += milliseconds;
      },
    };
  }

  it('answers everything at once as it does in parts', async () => {
    const { service, overview } = await setUp();

    const { attention, ...parts } = await overview();

    expect(parts).toEqual({
      deployments: await service.getDeployments(REF, OPTIONS),
      promotions: await service.getPromotions(REF, {}, OPTIONS),
      images: await service.getImages(REF, { limit: 20 }, OPTIONS),
    });
    expect(parts.promotions.items.length).toBeGreaterThan(2);
    expect(parts.images.items.length).toBeGreaterThan(1);
    expect(attention).toEqual(expect.any(Array));
  });

  it.each(CHANGES)(
    'keeps an answer until another replica changes %s',
    async (_, change) => {
      const { overview, other } = await setUp();
      const first = await overview();
      expect(await overview()).toBe(first);

      await change(other);

      const second = await overview();
      expect(second).not.toBe(first);
      expect(await overview()).toBe(second);
    },
  );

  it('keeps an answer when nothing changes that it shows', async () => {
    const { overview, other } = await setUp();
    const { application, tracker, database } = other;
    const live = { name: 'main', state: 'live', since: AT } as const;
    await saveInstance(database.knex, { ...live, lastReceivedAt: AT });
    const first = await overview();

    await saveInstance(database.knex, { ...live, lastReceivedAt: LATER });
    await observe(tracker, {
      kind: 'application-observed',
      application,
      seenAt: LATER,
    });
    await database.transaction(tx =>
      replaceImageUpdaters(tx, {
        instance: 'main',
        manager: 'm',
        updaters: [UPDATER],
      }),
    );

    expect(await overview()).toBe(first);
  });

  it('shares answers with callers who see the same entity only', async () => {
    const { service, overview, show } = await setUp();
    const first = await overview();
    const as = (user: string) =>
      service.getOverview(REF, { credentials: mockCredentials.user(user) });

    expect(await as('user:default/a')).toBe(first);
    show({
      ...ENTITY,
      metadata: {
        ...ENTITY.metadata,
        annotations: { 'argocd/app-name': 'none' },
      },
    });
    expect((await as('user:default/b')).deployments.environments).toEqual([]);
    show(undefined);
    await expect(as('user:default/c')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('lets a permission that is taken back count for a few seconds only', async () => {
    const { overview, catalog, show, wait } = await setUp();
    await overview();
    show(undefined);
    wait(4999);
    await overview();
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);

    wait(2);

    await expect(overview()).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('makes an answer for many callers at once at most twice', async () => {
    const { database, overview } = await setUp();
    await overview();

    const statements = await statementsOf(database.knex, () =>
      Promise.all(Array.from({ length: 50 }, overview)),
    );

    expect(statements.length).toBeLessThanOrEqual(2);
  });

  it('keeps versions until a promotion or an image changes', async () => {
    const { service, other } = await setUp();
    const versions = (limit?: number) =>
      service.getVersions(REF, { limit }, OPTIONS);
    const first = await versions();
    expect(await versions()).toBe(first);
    expect(await versions(1)).not.toBe(first);
    const { repository, tracker, application } = other;

    await observe(tracker, {
      kind: 'image-pushed',
      repository,
      digest: `sha256:${'1'.repeat(64)}`,
      tags: ['9.9.9'],
      seenAt: LATER,
    });
    const second = await versions();
    expect(second).not.toBe(first);

    await observe(tracker, {
      kind: 'application-observed',
      application: {
        ...application,
        resourceVersion: '99999999',
        images: [`${repository}:9.9.9`],
      },
      seenAt: LATER,
    });
    expect(await versions()).not.toBe(second);
  });

  it('reads from no table whose changes are not counted', async () => {
    const { database, overview, service } = await setUp();
    const statements = [
      ...(await statementsOf(database.knex, overview)),
      ...(await statementsOf(database.knex, () =>
        service.getVersions(REF, {}, OPTIONS),
      )),
    ];

    const tables = statements.flatMap(({ sql }) =>
      [...sql.matchAll(/\b(?:from|join) [`"](\w+)[`"]/g)].map(
        ([, name]) => name,
      ),
    );

    // Before you add one: which scope has its rows, and what bumps it?
    expect([...new Set(tables)].sort()).toEqual([
      'applications',
      'image_details',
      'image_tags',
      'image_updater_patterns',
      'image_updaters',
      'images',
      // It never changes.
      'installation_keys',
      'instances',
      'promotions',
      'repositories',
      'repository_searches',
      'revisions',
      'store_versions',
      'unreadable_resources',
    ]);
  });
});
