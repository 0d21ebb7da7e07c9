import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import {
  DEFAULT_ACCESS_RULES,
  DeliveryClient,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { createApplicationService } from '../__testUtils__/applicationService';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { serve, type TestServer } from '../__testUtils__/http';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { createRouter } from './createRouter';

const databases = createTestDatabases();
const ENTITY = { kind: 'component', namespace: 'default', name: 'rapid' };

describe('DeliveryClient', () => {
  let server: TestServer;
  let client: DeliveryClient;
  let requests: { url: string; authorization?: string }[];

  beforeAll(async () => {
    const database = await createDatabase(databases, 'SQLITE_3');
    const tracker = createTracker(database);
    for (const observation of await observationsOf('superseded')) {
      await observe(tracker, observation);
    }
    const shared = {
      catalog: catalogServiceMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'rapid',
              namespace: 'default',
              annotations: { 'argocd/app-name': 'rapid' },
            },
          },
        ],
      }),
      database,
      accessRules: DEFAULT_ACCESS_RULES,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: DEFAULT_ACCESS_RULES,
        onUnknown: () => {},
      }),
      environments: [],
      instanceNames: ['main', 'other'],
      links: Links.create({
        frontendUrls: new Map(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    };
    const router = createRouter({
      httpAuth: mockServices.httpAuth(),
      validateResponses: true,
      service: AuthorizedDeliveryService.create({
        permissions: mockServices.permissions(),
        service: StoreDeliveryService.create(shared),
      }),
      applications: createApplicationService(shared),
    });
    server = await serve(app => {
      app.use((req, _, next) => {
        const { authorization } = req.headers;
        requests.push({ url: req.originalUrl, authorization });
        next();
      });
      app.use('/api/delivery', router);
      app.use(mockErrorHandler());
    });
    client = new DeliveryClient({
      discoveryApi: {
        getBaseUrl: async plugin => `${server.url}/api/${plugin}`,
      },
    });
  });

  beforeEach(() => {
    requests = [];
  });

  afterAll(() => server.close());

  it('reads the deployments of an entity', async () => {
    const { environments, locator } = await client.getDeployments(ENTITY);
    expect(environments).toMatchObject([
      {
        environment: 'dev',
        deployments: [
          { application: { instance: 'main', name: 'rapid' }, images: [{}] },
        ],
      },
    ]);
    expect(locator.annotations).toEqual({ 'argocd/app-name': 'rapid' });
  });

  it('reads an overview that has the beginnings of the lists', async () => {
    const { deployments, promotions, images } = await client.getOverview(
      ENTITY,
    );
    expect(deployments).toEqual(await client.getDeployments(ENTITY));
    expect(promotions).toEqual(await client.getPromotions(ENTITY));
    expect(images).toEqual(await client.getImages(ENTITY, { limit: 20 }));
  });

  it('reads one application', async () => {
    const ref = { instance: 'main', namespace: 'argocd', name: 'rapid' };
    const { environment, deployment, history } = await client.getApplication(
      ENTITY,
      ref,
    );
    const { environments } = await client.getDeployments(ENTITY);
    expect(environments).toEqual([{ environment, deployments: [deployment] }]);
    expect(history.length).toBeGreaterThan(1);
    const above = ['..', 'rapid'].join('/');
    for (const name of [above, 'rapid/resources', 'rapid?x=1', 'Rapid']) {
      await expect(
        client.getApplication(ENTITY, { ...ref, name }),
      ).rejects.toMatchObject({ statusCode: 404 });
    }
  });

  it('reads promotions page by page, and only those that are asked for', async () => {
    const { items: all } = await client.getPromotions(ENTITY);
    expect(all.length).toBeGreaterThan(2);

    const seen: PromotionItem[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.getPromotions(ENTITY, { limit: 1, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);

    const [{ repository }] = all;
    const live = await client.getPromotions(ENTITY, {
      outcome: 'live',
      repository,
      environment: 'dev',
    });
    expect(live.items).toEqual(all.filter(({ outcome }) => outcome === 'live'));
    expect(live.items).toHaveLength(1);
    const elsewhere = await client.getPromotions(ENTITY, {
      environment: 'prod & test',
    });
    expect(elsewhere.items).toEqual([]);
  });

  it('reads versions page by page, with what each is where', async () => {
    const { items: all, repository } = await client.getVersions(ENTITY);
    expect(all.length).toBeGreaterThan(1);
    const { items: first, nextCursor } = await client.getVersions(ENTITY, {
      limit: 1,
      repository,
      environment: 'dev',
    });
    expect(all).toEqual(expect.arrayContaining(first));
    const { items: second } = await client.getVersions(ENTITY, {
      limit: 1,
      cursor: nextCursor,
    });
    expect(second).toEqual([all[1]]);
  });

  it('reads images page by page, with what the updater makes of each', async () => {
    const { items: all, applications } = await client.getImages(ENTITY);
    expect(applications).toMatchObject([
      { application: { name: 'rapid' }, environment: 'dev' },
    ]);
    expect(all.length).toBeGreaterThan(1);
    const [{ key }] = applications;
    expect(all.filter(({ runsIn }) => runsIn.includes(key))).toHaveLength(1);

    const first = await client.getImages(ENTITY, { limit: 1 });
    expect(first.items).toEqual(all.slice(0, 1));
    const rest = await client.getImages(ENTITY, {
      cursor: first.nextCursor,
      repository: all[0].repository,
    });
    expect([...first.items, ...rest.items]).toEqual(all);
    const other = await client.getImages(ENTITY, { repository: 'none' });
    expect(other.items).toEqual([]);
    expect(other.repositories).toEqual(first.repositories);
  });

  it('reads the instances', async () => {
    expect(await client.getInstances()).toMatchObject([
      { name: 'main', applications: 1 },
      { name: 'other', applications: 0 },
    ]);
  });

  it('sends the token that it is given', async () => {
    const token = mockCredentials.user.token();
    await client.getInstances({ token });
    await client.getInstances();
    expect(requests.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${token}`,
      undefined,
    ]);
  });

  it('keeps the message of the backend', async () => {
    await expect(
      client.getDeployments({ ...ENTITY, name: 'missing' }),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
      body: {
        error: {
          name: 'NotFoundError',
          message: expect.stringContaining('component:default/missing'),
        },
      },
    });
    await expect(
      client.getPromotions(ENTITY, { cursor: 'not-one-of-ours' }),
    ).rejects.toMatchObject({ statusCode: 400 });
    await expect(
      client.getPromotions(ENTITY, { limit: 1000 }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('never leaves the path of the entity', async () => {
    await expect(
      client.getDeployments({ ...ENTITY, name: '../../../instances?x=#' }),
    ).rejects.toMatchObject({ name: 'ResponseError' });
    expect(requests).toEqual([
      expect.objectContaining({
        url: '/api/delivery/v1/entities/component/default/..%2F..%2F..%2Finstances%3Fx%3D%23/deployments',
      }),
    ]);
  });

  it('ends on request', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      client.getInstances({ signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests).toEqual([]);
  });
});
