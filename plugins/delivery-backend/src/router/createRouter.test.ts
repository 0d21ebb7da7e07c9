import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import {
  DEFAULT_ACCESS_RULES,
  type DeploymentsResponse,
  type PromotionsResponse,
  type VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import express from 'express';
import request from 'supertest';
import { AuthorizedDeliveryService } from '../service/AuthorizedDeliveryService';
import { StoreDeliveryService } from '../service/StoreDeliveryService';
import { EntityRepositories } from '../service/EntityRepositories';
import { Links } from '../service/links';
import { encodeCursor } from '../service/cursor';
import { saveInstance } from '../store/operations/instances';
import { createApplicationService } from '../__testUtils__/applicationService';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode, observationsOf } from '../__testUtils__/observations';
import { readApplicationList } from '../__testUtils__/recordings';
import { createTracker, observe } from '../__testUtils__/trackers';
import { createRouter } from './createRouter';

// A busy machine takes long to set up a database for each test.
const databases = createTestDatabases();

function component(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
  };
}

const entities = [
  component('api', { 'argocd/app-name': 'api-dev' }),
  component('rapid', { 'argocd/app-name': 'rapid' }),
  component('shop', { 'argocd/app-selector': 'team=shop' }),
  component('web', { 'argocd/app-selector': 'tier=frontend,team in (shop)' }),
  component('narrowed', {
    'argocd/project-name': 'shop',
    'argocd/instance-name': 'other',
  }),
  component('unconfigured', {
    'argocd/project-name': 'shop',
    'argocd/instance-name': 'nowhere',
  }),
  component('unnamed', { 'argocd/app-namespace': 'argocd' }),
  component('misspelt', { 'argocd/app-selector': 'team=a b,,' }),
  component('missing', { 'argocd/app-name': 'nothing' }),
];

describe.each(databases.eachSupportedId())('the API on %s', id => {
  async function setUp(
    result:
      | AuthorizeResult.ALLOW
      | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
  ) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    await saveInstance(database.knex, {
      name: 'main',
      state: 'unreachable',
      since: '2026-11-23T05:00:00.000Z',
      lastReceivedAt: '2026-11-23T04:59:00.000Z',
      errorCode: 'unreachable',
      error: 'connect ECONNREFUSED 10.1.2.3:443',
    });
    const permissions = mockServices.permissions({ result });
    const shared = {
      catalog: catalogServiceMock({ entities }),
      database,
      accessRules: DEFAULT_ACCESS_RULES,
      repositories: EntityRepositories.create({
        hosts: EcrHosts.create([]),
        accessRules: DEFAULT_ACCESS_RULES,
        onUnknown: () => {},
      }),
      environments: [{ name: 'team-a' }, { name: 'dev' }],
      instanceNames: ['main', 'other'],
      links: Links.create({
        frontendUrls: new Map([['main', 'https://argocd.example.com']]),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    };
    const service = AuthorizedDeliveryService.create({
      permissions,
      service: StoreDeliveryService.create(shared),
    });
    const app = express();
    app.use(
      createRouter({
        httpAuth: mockServices.httpAuth(),
        service,
        applications: createApplicationService(shared, { permissions }),
        validateResponses: true,
      }),
    );
    app.use(mockErrorHandler());
    const get = (path: string) => request(app).get(`/v1/${path}`);
    const describe = () => request(app).get('/openapi.json');
    const deployments = async (name: string): Promise<DeploymentsResponse> => {
      const { body } = await get(
        `entities/component/default/${name}/deployments`,
      ).expect(200);
      return body;
    };
    const namesOf = async (name: string) =>
      (await deployments(name)).environments.map(
        ({ environment, deployments: all }) => [
          environment,
          all.map(({ application }) => application.name),
        ],
      );
    return { database, tracker, get, describe, deployments, namesOf };
  }

  async function withList(
    result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  ) {
    const context = await setUp(result);
    await context.tracker.observeList({
      instance: 'main',
      applications: await decode(readApplicationList().items),
      seenAt: '2026-11-23T05:00:00.000Z',
    });
    return context;
  }

  it('finds an entity’s applications by its annotations, by environment', async () => {
    const { namesOf, deployments } = await withList();

    expect(await namesOf('api')).toEqual([['dev', ['api-dev']]]);
    expect(await namesOf('web')).toEqual([['dev', ['web']]]);
    const [[environment, names], ...others] = await namesOf('shop');
    expect(environment).toBe('dev');
    expect(names.length).toBeGreaterThan(20);
    expect(others).toEqual([]);
    expect(await namesOf('narrowed')).toEqual([]);
    expect(await deployments('narrowed')).toMatchObject({
      instances: [{ name: 'other', state: 'connecting' }],
      problems: [],
    });
  });

  it('returns the evaluated annotations when nothing matches', async () => {
    const { deployments, get } = await withList();

    expect(await deployments('missing')).toMatchObject({
      environments: [],
      locator: { annotations: { 'argocd/app-name': 'nothing' } },
    });
    expect(await deployments('unnamed')).toMatchObject({
      environments: [],
      locator: { annotations: { 'argocd/app-namespace': 'argocd' } },
    });
    const { body } = await get(
      'entities/component/default/misspelt/deployments',
    ).expect(400);
    expect(body.error.message).toContain('argocd/app-selector');
  });

  it('shows stale data with the state of its instance', async () => {
    const { deployments, get } = await withList();

    const { environments, instances } = await deployments('api');
    expect(environments).toHaveLength(1);
    expect(instances).toEqual([
      {
        name: 'main',
        state: 'unreachable',
        since: '2026-11-23T05:00:00.000Z',
        lastReceivedAt: '2026-11-23T04:59:00.000Z',
        applications: readApplicationList().items.length,
        error: {
          code: 'unreachable',
          parameters: {},
          message: "Argo CD can't be reached",
          detail: {
            code: 'detail.reported',
            parameters: { message: 'connect ECONNREFUSED 10.1.2.3:443' },
            message: 'connect ECONNREFUSED 10.1.2.3:443',
          },
        },
      },
      expect.objectContaining({ name: 'other', applications: 0 }),
    ]);
    expect((await get('instances').expect(200)).body.items).toHaveLength(2);
  });

  it('reports an unknown instance, and the configured ones only with the permission', async () => {
    const allowed = await withList();
    expect(await allowed.deployments('unconfigured')).toMatchObject({
      environments: [],
      instances: [],
      problems: [
        {
          code: 'instance-unknown',
          message: expect.stringContaining("'nowhere'"),
          detail: {
            code: 'detail.instances-configured',
            parameters: { instances: 'main, other' },
            message: 'Configured are main, other',
          },
        },
      ],
    });
    const denied = await withList(AuthorizeResult.DENY);
    const { problems } = await denied.deployments('unconfigured');
    expect(problems).toMatchObject([{ code: 'instance-unknown' }]);
    expect(JSON.stringify(problems)).not.toContain('main');
  });

  it('hides addresses without the permission', async () => {
    const { get } = await withList(AuthorizeResult.DENY);
    for (const path of [
      'instances',
      'entities/component/default/api/deployments',
    ]) {
      const { text } = await get(path).expect(200);
      expect(text).toContain('"code":"unreachable"');
      expect(text).toContain("Argo CD can't be reached");
      expect(text).not.toContain('10.1.2.3');
    }
  });

  it('answers 404 for what is no entity, or not the caller’s to see', async () => {
    const { get } = await setUp();

    const { body } = await get(
      'entities/component/default/secret/promotions',
    ).expect(404);
    expect(body.error.message).toContain('component:default/secret');
    await get('entities/api/default/api/deployments').expect(404);
  });

  it('pages through promotions', async () => {
    const { tracker, get, deployments } = await setUp();
    for (const observation of await observationsOf('superseded')) {
      await observe(tracker, observation);
    }
    expect((await deployments('rapid')).environments).toHaveLength(1);
    const page = async (query: string): Promise<PromotionsResponse> => {
      const { body } = await get(
        `entities/component/default/rapid/promotions?${query}`,
      ).expect(200);
      return body;
    };
    const all = await page('');
    expect(all.items.length).toBeGreaterThan(2);
    expect(all.nextCursor).toBeUndefined();

    const seen = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await page(
        `limit=1${cursor && `&cursor=${cursor}`}`,
      );
      expect(items).toHaveLength(1);
      seen.push(...items);
      cursor = nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(all.items);

    const [live] = all.items.filter(({ outcome }) => outcome === 'live');
    expect((await page('outcome=live')).items).toEqual([live]);
    expect((await page('environment=prod')).items).toEqual([]);
    expect((await page('environment=dev')).items).toEqual(all.items);
    const { repository } = live;
    expect((await page(`repository=${repository}`)).items).toEqual(all.items);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=many',
    'cursor=bm90IG91cnM',
    'outcome=splendid',
    'unknown=1',
    `cursor=${encodeCursor('images', {
      startedAt: '2026-11-23T05:00:00.000Z',
      id: 'i',
    })}`,
    `cursor=${'a'.repeat(8193)}`,
    `environment=${'a'.repeat(256)}`,
    `repository=${'a'.repeat(513)}`,
    'repository=%00',
    'environment=%00',
  ])('answers 400 to promotions?%s', async query => {
    const { get } = await setUp();

    const { body } = await get(
      `entities/component/default/api/promotions?${query}`,
    ).expect(400);
    expect(body).toMatchObject({
      error: {
        name: 'InputError',
        message: expect.stringContaining(query.split('=')[0]),
      },
      response: { statusCode: 400 },
    });
  });

  it('pages through versions, with what each is where', async () => {
    const { tracker, get } = await setUp();
    for (const observation of await observationsOf('superseded')) {
      await observe(tracker, observation);
    }
    const page = async (query: string): Promise<VersionsResponse> => {
      const { body } = await get(
        `entities/component/default/rapid/versions?${query}`,
      ).expect(200);
      return body;
    };
    const all = await page('');
    expect(all.items.length).toBeGreaterThan(1);
    expect(all.nextCursor).toBeUndefined();
    expect(all.environments).toEqual([{ environment: 'dev', applications: 1 }]);
    expect(all.repositories[0]).toBe(all.repository);
    const stateOf = ({ cells }: VersionsResponse['items'][number]) =>
      cells[0].states[0].state;
    const running = all.items.filter(item => stateOf(item) === 'running');
    expect(running).toHaveLength(1);

    // What runs is on the first page, too.
    const { items: first, older = [] } = await page('limit=1');
    expect([...first, ...older].map(item => item.id)).toContain(running[0].id);

    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await page(
        `limit=1${cursor && `&cursor=${cursor}`}`,
      );
      expect(items).toHaveLength(1);
      seen.push(items[0].id);
      cursor = nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(all.items.map(item => item.id));

    expect(await page(`repository=${all.repository}`)).toEqual(all);
    expect((await page('repository=other')).items).toEqual([]);
    expect(await page('environment=prod')).toMatchObject({
      environments: [],
      items: [],
    });
    expect((await page('environment=dev')).items).toEqual(all.items);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=many',
    'limit=1&limit=2',
    'cursor=bm90IG91cnM',
    'outcome=live',
    'unknown=1',
    `cursor=${encodeCursor('promotions', {
      startedAt: '2026-11-23T05:00:00.000Z',
      id: 'p',
    })}`,
    `cursor=${'a'.repeat(8193)}`,
    `environment=${'a'.repeat(256)}`,
    `repository=${'a'.repeat(513)}`,
    'repository=%00',
    'environment=%0a',
  ])('answers 400 to versions?%s', async query => {
    const { get } = await setUp();

    const { body } = await get(
      `entities/component/default/api/versions?${query}`,
    ).expect(400);
    expect(body).toMatchObject({
      error: {
        name: 'InputError',
        message: expect.stringContaining(query.split('=')[0]),
      },
      response: { statusCode: 400 },
    });
  });

  it.each([
    `repository=${encodeURIComponent("' or 1=1 --")}`,
    `repository=${encodeURIComponent('../../..')}`,
    `environment=${encodeURIComponent('dev" or true')}`,
    `cursor=${encodeCursor('versions', {
      startedAt: '2026-11-01T00:00:00.000Z',
      id: "' or 1=1 --",
    })}`,
  ])('finds nothing for versions?%s', async query => {
    const { get } = await withList();

    const { body } = await get(
      `entities/component/default/api/versions?${query}`,
    ).expect(200);
    expect(body.items).toEqual([]);
  });

  it('answers 404 to versions of what is not the caller’s to see', async () => {
    const { get } = await setUp();
    const { body } = await get(
      'entities/component/default/nobody/versions',
    ).expect(404);
    expect(body.error.name).toBe('NotFoundError');
  });

  it('answers 400 to the name of an entity that is too long for one', async () => {
    const { get } = await setUp();

    for (const path of [
      `entities/${'k'.repeat(256)}/default/api/deployments`,
      `entities/component/${'n'.repeat(256)}/api/images`,
      `entities/component/default/${'a'.repeat(256)}/promotions`,
      `entities/component/default/a%00/promotions`,
    ]) {
      const { body } = await get(path).expect(400);
      expect(body.error.name).toBe('InputError');
    }
  });

  it('shows the first of very many applications, and how many there are', async () => {
    const { tracker, deployments, get } = await setUp();
    const [application] = await decode(readApplicationList().items);
    const applications = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...application,
        ref: {
          ...application.ref,
          name: `many-${String(from + index).padStart(4, '0')}`,
        },
        uid: `uid-${from + index}`,
        labels: { team: 'shop' },
      }));
    const observeAll = async (count: number) =>
      tracker.observeList({
        instance: 'main',
        applications: applications(0, count),
        seenAt: '2026-11-23T05:00:00.000Z',
      });
    const shownOf = ({ environments }: DeploymentsResponse) =>
      environments.flatMap(({ deployments: all }) => all).length;

    await observeAll(200);
    expect(shownOf(await deployments('shop'))).toBe(200);
    for (const list of ['deployments', 'promotions', 'images']) {
      const { body } = await get(
        `entities/component/default/shop/${list}`,
      ).expect(200);
      expect(body).not.toHaveProperty('truncated');
    }

    await observeAll(1100);
    expect(shownOf(await deployments('shop'))).toBe(200);
    for (const list of ['deployments', 'promotions', 'images']) {
      const { body } = await get(
        `entities/component/default/shop/${list}`,
      ).expect(200);
      expect(body.truncated).toEqual({
        shown: 200,
        total: 1100,
        advice: {
          code: 'advice.narrow-annotations',
          parameters: { annotation: 'argocd/app-selector' },
          message: expect.stringContaining('argocd/app-selector'),
        },
      });
    }
  });

  it('answers with everything that a page shows at first', async () => {
    const { get, deployments } = await withList();

    const { body } = await get(
      'entities/component/default/api/overview',
    ).expect(200);

    expect(body.deployments).toEqual(await deployments('api'));
    expect(body.promotions.items).toEqual(expect.any(Array));
    expect(body.images.repositories).toEqual(expect.any(Array));
    expect(body.attention[0]).toMatchObject({
      kind: 'instance-unreachable',
      instance: 'main',
    });
    await get('entities/component/default/secret/overview').expect(404);
    await get('entities/component/default/misspelt/overview').expect(400);
  });

  it('hides addresses in overviews without the permission', async () => {
    const { get } = await withList(AuthorizeResult.DENY);
    const { text } = await get('entities/component/default/api/overview');
    expect(text).toContain("Argo CD can't be reached");
    expect(text).not.toContain('10.1.2.3');
  });

  it.each(['overview', 'deployments', 'promotions', 'images'])(
    'answers 304 for %s with a strong ETag until something changes',
    async list => {
      const { get, database } = await withList();
      const path = `entities/component/default/api/${list}`;
      const { headers } = await get(path).expect(200);
      expect(headers.etag).toMatch(/^"[\w-]{27}"$/);
      expect(headers['cache-control']).toBe('private, no-cache');

      const again = await get(path).set('If-None-Match', headers.etag);
      expect(again.status).toBe(304);
      expect(again.text).toBe('');

      await saveInstance(database.knex, {
        name: 'main',
        state: 'live',
        since: '2026-11-23T06:00:00.000Z',
      });
      const later = await get(path).set('If-None-Match', headers.etag);
      const isShown = list === 'overview' || list === 'deployments';
      expect(later.status).toBe(isShown ? 200 : 304);
    },
  );

  it('describes itself, and answers 304 the second time', async () => {
    const { describe: description } = await setUp();
    const { body, headers } = await description().expect(200);
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'delivery' },
    });
    expect(Object.keys(body.paths)).toContain(
      '/v1/entities/{kind}/{namespace}/{name}/overview',
    );
    await description().set('If-None-Match', headers.etag).expect(304);
  });

  it('answers 304 where nothing changed', async () => {
    const { get, database } = await withList();
    const path = 'entities/component/default/api/deployments';
    const receivedAt = (lastReceivedAt: string) =>
      saveInstance(database.knex, {
        name: 'main',
        state: 'live',
        since: '2026-11-23T05:00:00.000Z',
        lastReceivedAt,
      });
    await receivedAt('2026-11-23T05:00:03.000Z');
    const { headers } = await get(path).expect(200);
    await receivedAt('2026-11-23T05:00:59.000Z');

    const { status } = await get(path).set('If-None-Match', headers.etag);
    expect(status).toBe(304);
  });
});
