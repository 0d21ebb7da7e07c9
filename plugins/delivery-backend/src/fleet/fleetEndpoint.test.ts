import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { FleetResponse } from '@landfall/backstage-plugin-delivery-common';
import { waitFor } from '@landfall/testing-kit';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from '../__testUtils__/databases';
import { PortalSystems, startPortal } from '../__testUtils__/portal';
import { readApplicationList } from '../__testUtils__/recordings';

const ARGOCD_TOKEN = 'token-of-argocd';
const PATH = '/api/delivery/v1/fleet';
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

const databases = createTestDatabases();

function component(name: string, annotation: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'argocd/app-selector': annotation },
    },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

const ENTITIES = [
  component('shop', 'team=shop', 'shop'),
  component('web', 'tier=frontend,team in (shop)', 'shop'),
  component('payments', 'team=payments', 'payments'),
];

/** A catalog in which Bob may see only what `shop` owns, and Ada everything. */
const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () => {
    const whole = catalogServiceMock({ entities: ENTITIES });
    return {
      ...catalogServiceMock.mock(),
      queryEntities: whole.queryEntities.bind(whole),
      getEntityByRef: whole.getEntityByRef.bind(whole),
      getEntities: whole.getEntities.bind(whole),
      getEntitiesByRefs: async (
        asked: Parameters<typeof whole.getEntitiesByRefs>[0],
        options: Parameters<typeof whole.getEntitiesByRefs>[1],
      ) => {
        const isBob = JSON.stringify(options).includes(BOB);
        return {
          items: asked.entityRefs.map(ref =>
            ENTITIES.find(
              entity =>
                stringifyEntityRef(entity) === ref &&
                !(isBob && entity.metadata.name === 'payments'),
            ),
          ),
        };
      },
    };
  },
});

describe('GET fleet', () => {
  let systems: PortalSystems;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    systems = await PortalSystems.start(ARGOCD_TOKEN);
    readApplicationList().items.forEach(one => systems.argocd.put(one));
    portal = await startPortal({
      database: databaseFactory(databases),
      entities: [],
      catalog,
      argocdUrl: systems.argocd.url,
      secrets: {
        argocd: ARGOCD_TOKEN,
        notifications: 'token-of-argocd-notifications',
        ecr: 'token-of-eventbridge',
        aws: 'secret-of-the-test',
      },
      delivery: { cache: { authorization: { seconds: 0 } } },
      features: [
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(() => ({ result: AuthorizeResult.DENY })),
          authorizeConditional: async requests =>
            requests.map(() => ({
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                rule: 'IS_ENTITY_OWNER',
                resourceType: 'catalog-entity',
                params: {},
              },
            })),
        }).factory,
      ],
    });
    await waitFor(async () => {
      const { services } = await fleet();
      if (services.length < 3 || services[1].applicationCount <= 20) {
        throw new Error('The services are not indexed yet');
      }
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await systems?.stop();
  });

  function get(query: Record<string, string | number> = {}, user = ADA) {
    return request(portal.server)
      .get(PATH)
      .query(query)
      .set('Authorization', mockCredentials.user.header(user));
  }

  async function fleet(
    query: Record<string, string | number> = {},
    user = ADA,
  ): Promise<FleetResponse> {
    const { body } = await get(query, user).expect(200);
    return body;
  }

  it('has what the caller may see, also in counts and choices', async () => {
    const all = await fleet();
    expect(all.total).toBe(3);
    expect(all.facets?.owners).toEqual([
      'group:default/payments',
      'group:default/shop',
    ]);
    const few = await fleet({}, BOB);
    expect(few.total).toBe(2);
    expect(few.facets?.owners).toEqual(['group:default/shop']);
    expect(JSON.stringify(few)).not.toContain('payments');
    expect((await fleet({ search: 'payments' }, BOB)).services).toEqual([]);
    expect((await fleet({ owner: 'group:default/payments' }, BOB)).total).toBe(
      0,
    );
  });

  it('needs a caller', async () => {
    const { status } = await request(portal.server)
      .get(PATH)
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('answers 304 while nothing changes', async () => {
    const { headers } = await get().expect(200);
    const again = await get().set('If-None-Match', headers.etag);
    expect(again.status).toBe(304);
    const other = await get({ state: 'degraded' }).set(
      'If-None-Match',
      headers.etag,
    );
    expect(other.status).toBe(200);
  });

  it('pages', async () => {
    const first = await fleet({ limit: 1 });
    expect(first.services.map(({ name }) => name)).toEqual(['payments']);
    const second = await fleet({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.services.map(({ name }) => name)).toEqual(['shop', 'web']);
    expect(second.nextCursor).toBeUndefined();
    expect(second.facets).toBeUndefined();
    expect(second.total).toBe(3);
  });

  it('counts what the filter by the same state finds', async () => {
    const { counters } = await fleet();
    for (const [state, count] of Object.entries(counters)) {
      const found = await fleet({ state });
      expect([state, found.services.length, found.total]).toEqual([
        state,
        count,
        count,
      ]);
      expect(found.counters).toEqual(counters);
    }
  });

  it.each<[string, Record<string, string | number>]>([
    ['a limit of 0', { limit: 0 }],
    ['a limit of 201', { limit: 201 }],
    ['a limit in words', { limit: 'many' }],
    ['an unknown state', { state: 'fine' }],
    ['an unknown order', { sort: 'random' }],
    ['a cursor of its own making', { cursor: 'abc' }],
    ['a NUL', { search: 'a\0b' }],
    ['a line break', { owner: 'a\nb' }],
    ['a very long search', { search: 'a'.repeat(256) }],
    ['a very long cluster', { cluster: 'a'.repeat(1025) }],
  ])('refuses %s', async (_, query) => {
    expect((await get(query)).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['SQL', { search: "%' or 1=1 --" }],
    ['a wildcard', { search: '%' }],
    ['nothing but a name', { owner: '__proto__' }],
  ])('takes %s as a text to look for', async (_, query) => {
    expect((await fleet(query)).services).toEqual([]);
  });
});
