import {
  type BackstageCredentials,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { readRecordingText, waitFor } from '@landfall/testing-kit';
import request from 'supertest';
import { databaseFactory } from './databases';
import { PortalSystems, startPortal } from './portal';
import { readPromotion } from './recordings';

/** @internal */
export const REPOSITORY =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
/** May use the actions and sees the entity. @internal */
export const ADA = 'user:default/ada';
/** Sees the entity, but may not use the actions. @internal */
export const BOB = 'user:default/bob';
/** May use the actions, but doesn't see the entity. @internal */
export const EVE = 'user:default/eve';

const API: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'api',
    namespace: 'default',
    annotations: { 'argocd/app-name': 'api-dev' },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};

const isBy = (caller: unknown, user: string) =>
  JSON.stringify(caller).includes(user);

/** A catalog that hides everything from Eve. */
const catalog = createServiceFactory({
  service: catalogServiceRef,
  deps: {},
  factory: () => {
    const whole = catalogServiceMock({ entities: [API] });
    return {
      ...catalogServiceMock.mock(),
      queryEntities: whole.queryEntities.bind(whole),
      getEntities: whole.getEntities.bind(whole),
      getEntityByRef: async (
        ref: Parameters<typeof whole.getEntityByRef>[0],
        options: { credentials: BackstageCredentials },
      ) =>
        isBy(options, EVE) ? undefined : whole.getEntityByRef(ref, options),
      getEntitiesByRefs: async (
        asked: { entityRefs: string[] },
        options: { credentials: BackstageCredentials },
      ) => ({
        items: asked.entityRefs.map(ref =>
          ref === stringifyEntityRef(API) && !isBy(options, EVE)
            ? API
            : undefined,
        ),
      }),
    };
  },
});

const permissions = mockServices.permissions.mock({
  authorize: async (requests, options) =>
    requests.map(({ permission }) => ({
      result:
        permission.name === 'delivery.tools.read' && !isBy(options, BOB)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
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
});

/**
 * A portal with an MCP endpoint and a component `api`, into which a version is on its
 * way.
 *
 * @internal
 */
export async function startAskedPortal(databases: TestDatabases) {
  const systems = await PortalSystems.start('token-of-argocd');
  const steps = readPromotion('helmvalues');
  const [beginning] = steps.flatMap(step =>
    step.kind === 'app-event' ? [step] : [],
  );
  systems.argocd.put(beginning.application);
  const portal = await startPortal({
    database: databaseFactory(databases),
    entities: [],
    catalog,
    argocdUrl: systems.argocd.url,
    secrets: {
      argocd: 'token-of-argocd',
      notifications: 'token-of-argocd-notifications',
      ecr: 'token-of-eventbridge',
      aws: 'secret-of-the-test',
    },
    config: { backend: { actions: { pluginSources: ['delivery'] } } },
    delivery: {
      cache: { authorization: { seconds: 0 } },
    },
    features: [mcpPlugin, permissions.factory],
  });
  const get = async (path: string) => {
    const { body } = await request(portal.server)
      .get(`/api/delivery/v1/${path}`)
      .set('Authorization', mockCredentials.user.header(ADA));
    return body;
  };
  await waitFor(async () => {
    const { total } = await get(`image-users?repository=${REPOSITORY}`);
    expect(total).toBe(1);
    expect(systems.ecr.reads).toBeGreaterThan(0);
  });
  // Only what is pushed after the application was seen is on its way.
  const push = steps.find(step => step.kind === 'push');
  if (push?.kind !== 'push') {
    throw new Error('The recording has no push');
  }
  const { repository, digest, tag } = push;
  systems.ecr.push(repository, digest, tag, new Date().toISOString());
  const event = JSON.parse(readRecordingText('ecr/samples/push.json'));
  event.detail['image-digest'] = digest;
  event.detail['image-tag'] = tag;
  await request(portal.server)
    .post('/api/events/http/aws.ecr')
    .set('x-landfall-token', 'token-of-eventbridge')
    .send(event)
    .expect(202);
  await waitFor(async () => {
    const { items } = await get('entities/component/default/api/promotions');
    expect(items).toContainEqual(
      expect.objectContaining({ version: expect.objectContaining({ tag }) }),
    );
  });
  return {
    server: portal.server,
    stop: async () => {
      await portal.stop();
      await systems.stop();
    },
  };
}
