import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type AccessRules,
  type Application,
  DEFAULT_ACCESS_RULES,
  ENTITY_REF_MARK,
  type EnvironmentRule,
  type FleetResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import {
  firstObservation,
  observationsOf,
} from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { AnnotatedServices } from '../sources/AnnotatedServices';
import { CatalogReader } from '../sources/CatalogReader';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readDueServices } from '../store/operations/services';
import {
  addSummaryRequests,
  readDueSummaryRequests,
} from '../store/operations/summaryRequests';
import { FleetIndexer } from './FleetIndexer';

const databases = createTestDatabases();
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const LATER = '2026-11-23T06:05:00.000Z';
const OPTIONS = { credentials: mockCredentials.user() };

function entity(
  name: string,
  annotations: Record<string, string>,
  owner = 'group:default/shop',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    relations: [
      { type: 'ownedBy', targetRef: owner },
      { type: 'partOf', targetRef: 'system:default/store' },
    ],
  };
}

const RAPID = entity('rapid', { 'argocd/app-name': 'rapid' });
const OTHER = entity('other', { 'argocd/app-selector': 'team=other' });

describe.each(databases.eachSupportedId())('FleetIndexer on %s', id => {
  let application: Application;
  let stop: () => Promise<void> = async () => {};

  beforeAll(async () => {
    ({ application } = await firstObservation('superseded'));
  });

  afterEach(() => stop());

  async function setUp(
    options: {
      accessRules?: Partial<AccessRules>;
      environments?: EnvironmentRule[];
    } = {},
  ) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const logger = mockServices.logger.mock();
    const accessRules = { ...DEFAULT_ACCESS_RULES, ...options.accessRules };
    const links = Links.create({
      frontendUrls: new Map([['main', 'https://argocd.example.com']]),
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    });
    const rules = { instanceNames: ['main'], accessRules };
    let entities: Entity[] = [];
    const readCatalog = async (...now: Entity[]) => {
      entities = now;
      await CatalogReader.create({
        catalog: catalogServiceMock({ entities }),
        auth: mockServices.auth(),
        readers: [AnnotatedServices.create({ database })],
        logger,
      }).refresh();
    };
    const listing = { isListing: false };
    const start = async (environments = options.environments ?? []) => {
      await stop();
      const indexer = FleetIndexer.create({
        database,
        tracker: listing,
        rules,
        settings: { links, environments },
        logger,
      });
      indexer.start(await holdLease(database));
      stop = () => indexer.stop();
      return indexer;
    };
    const indexer = await start();
    const serviceOf = () =>
      StoreDeliveryService.create({
        catalog: catalogServiceMock({ entities }),
        database,
        environments: [],
        ...rules,
        links,
        repositories: EntityRepositories.create({
          hosts: EcrHosts.create([]),
          accessRules,
          onUnknown: () => {},
        }),
      });
    const fleet = () => serviceOf().getFleet({}, OPTIONS);
    /** Waits until the index has what the page of each entity shows. */
    const untilFleet = async (
      check: (response: FleetResponse) => void | Promise<void>,
    ) => {
      indexer.trigger();
      await waitFor(async () => check(await fleet()));
    };
    const appear = (changes: Partial<Application> = {}, at = LATER) =>
      observe(tracker, {
        kind: 'application-observed',
        application: { ...application, ...changes },
        seenAt: at,
      });
    return {
      database,
      tracker,
      readCatalog,
      listing,
      start,
      serviceOf,
      untilFleet,
      appear,
    };
  }

  const dueSummaries = ({ knex }: DeliveryDatabase) =>
    readDueSummaryRequests(knex, { now: new Date().toISOString(), limit: 10 });

  /** Names of applications by service. */
  function ownership({ services }: FleetResponse): Record<string, string[]> {
    return Object.fromEntries(
      services.map(({ name, applications }) => [
        name,
        applications.map(one => one.application.name),
      ]),
    );
  }

  it('assigns applications to services, whichever comes first', async () => {
    const { readCatalog, appear, untilFleet } = await setUp();
    await readCatalog(RAPID);
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: [] }),
    );
    await appear();
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: ['rapid'] }),
    );
    await appear({
      ref: { ...application.ref, name: 'second' },
      uid: 'second',
      labels: { team: 'other' },
    });
    await readCatalog(RAPID, OTHER);
    await untilFleet(response =>
      expect(ownership(response)).toEqual({
        rapid: ['rapid'],
        other: ['second'],
      }),
    );
  });

  it('follows changes of labels, annotations of entities, and their ends', async () => {
    const { readCatalog, tracker, appear, untilFleet } = await setUp();
    await appear();
    await readCatalog(RAPID, OTHER);
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: ['rapid'], other: [] }),
    );
    await appear({ labels: { team: 'other' }, resourceVersion: '2' });
    await untilFleet(response =>
      expect(ownership(response)).toEqual({
        rapid: ['rapid'],
        other: ['rapid'],
      }),
    );
    await readCatalog(entity('rapid', { 'argocd/app-name': 'moved' }), OTHER);
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: [], other: ['rapid'] }),
    );
    await observe(tracker, {
      kind: 'application-gone',
      ref: application.ref,
      seenAt: LATER,
    });
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: [], other: [] }),
    );
  });

  it('assigns only what is proven in strict mode', async () => {
    const { readCatalog, appear, untilFleet } = await setUp({
      accessRules: { read: 'strict' },
    });
    await readCatalog(RAPID, entity('thief', { 'argocd/app-name': 'rapid' }));
    await appear();
    await appear({
      ref: { ...application.ref, name: 'seen' },
      uid: 'seen',
    });
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: [], thief: [] }),
    );
    await appear({
      annotations: {
        ...application.annotations,
        [ENTITY_REF_MARK]: 'component:default/rapid',
      },
      resourceVersion: '2',
    });
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: ['rapid'], thief: [] }),
    );
  });

  it('shows the same state as the page of the entity', async () => {
    const { readCatalog, tracker, serviceOf, untilFleet } = await setUp();
    await readCatalog(RAPID);
    for (const observation of await observationsOf('superseded')) {
      await observe(tracker, observation);
    }
    const { environments } = await serviceOf().getDeployments(
      { kind: 'component', namespace: 'default', name: 'rapid' },
      OPTIONS,
    );
    const [{ environment, deployments }] = environments;
    const [deployment] = deployments;
    await untilFleet(({ services }) =>
      expect(services).toMatchObject([
        {
          entityRef: 'component:default/rapid',
          owner: 'group:default/shop',
          system: 'system:default/store',
          applicationCount: 1,
          applications: [
            {
              key: deployment.key,
              application: deployment.application,
              environment,
              health: deployment.health.status,
              sync: deployment.sync.status,
              running: [deployment.images[0].running[0].tag],
              deployedAt: deployment.deployedAt,
            },
          ],
        },
      ]),
    );
  });

  it('shows what Image Updater would write now, and what is held back', async () => {
    const { readCatalog, tracker, untilFleet } = await setUp();
    await readCatalog(RAPID);
    for (const observation of await observationsOf('superseded')) {
      await observe(tracker, observation);
    }
    const push = (tag: string) =>
      observe(tracker, {
        kind: 'image-pushed',
        repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/rapid',
        digest: `sha256:${tag.replaceAll('.', '').padEnd(64, '0')}`,
        tags: [tag],
        pushedAt: LATER,
        seenAt: LATER,
      });
    const ofUpdates = ({ services, counters }: FleetResponse) => ({
      available: counters['update-available'],
      held: counters.held,
      cells: services.flatMap(({ applications }) =>
        applications.map(({ running, next, held }) => [
          ...running,
          next,
          held?.version,
        ]),
      ),
    });
    await untilFleet(response =>
      expect(ofUpdates(response)).toEqual({
        available: 0,
        held: 0,
        cells: [['1.0.2', undefined, undefined]],
      }),
    );

    // The constraint is ~1.0.
    await push('2.0.0');
    await untilFleet(response =>
      expect(ofUpdates(response)).toEqual({
        available: 0,
        held: 1,
        cells: [['1.0.2', undefined, '2.0.0']],
      }),
    );
    await push('1.0.3');
    await untilFleet(response =>
      expect(ofUpdates(response)).toEqual({
        available: 1,
        held: 1,
        cells: [['1.0.2', '1.0.3', '2.0.0']],
      }),
    );
  });

  it('summarizes no application while a whole list is written', async () => {
    const { database, readCatalog, appear, listing, untilFleet } =
      await setUp();
    listing.isListing = true;
    await appear();
    // Services are indexed before applications, so the second one comes after
    // the turn of the application.
    for (const service of [RAPID, OTHER]) {
      await readCatalog(service);
      await untilFleet(async ({ services }) => {
        expect(services).toHaveLength(1);
        expect(await readDueServices(database.knex, 1)).toEqual([]);
      });
    }
    expect(await dueSummaries(database)).toHaveLength(1);
    listing.isListing = false;
    await untilFleet(async () =>
      expect(await dueSummaries(database)).toEqual([]),
    );
  });

  it('takes over changed settings when it starts', async () => {
    const { readCatalog, appear, start, untilFleet } = await setUp();
    await readCatalog(RAPID);
    await appear({ labels: { environment: 'dev' } });
    const environments = ({ services }: FleetResponse) =>
      services.flatMap(({ applications }) =>
        applications.map(one => one.environment),
      );
    await untilFleet(response =>
      expect(environments(response)).toEqual(['dev']),
    );
    await start([{ name: 'canary', match: { name: 'rapid' } }]);
    await untilFleet(response =>
      expect(environments(response)).toEqual(['canary']),
    );
  });

  it('publishes a signal when the fleet changes, and none otherwise', async () => {
    const { database, readCatalog, appear, untilFleet } = await setUp();
    const { knex } = database;
    await readCatalog(RAPID);
    await appear();
    await untilFleet(response =>
      expect(ownership(response)).toEqual({ rapid: ['rapid'] }),
    );
    const outbox = async () =>
      (await knex('outbox').pluck('message')).filter((message: string) =>
        message.includes('"fleet"'),
      );
    expect(await outbox()).not.toEqual([]);
    await knex('outbox').delete();

    const [key] = await knex('applications').pluck('key');
    await addSummaryRequests(knex, [key], LONG_AGO);
    await waitFor(async () =>
      expect(
        await readDueSummaryRequests(knex, { now: LONG_AGO, limit: 1 }),
      ).toEqual([]),
    );
    expect(await outbox()).toEqual([]);
  });
});
