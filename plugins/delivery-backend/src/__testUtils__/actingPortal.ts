import {
  type BackendFeature,
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  ActionRecord,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  argoCdInstancesServiceRef,
  DefaultArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import type { Knex } from 'knex';
import request from 'supertest';
import { ActingArgoCd } from './ActingArgoCd';
import { databaseFactory } from './databases';
import { PortalSystems, startPortal } from './portal';
import { readApplicationList } from './recordings';

const TOKEN = 'token-of-argocd';
const API = '/api/delivery/v1/entities/component/default';
const MARK = 'landfall.io/entity-ref';

/** @internal */
export const ADA = 'user:default/ada';
/** @internal */
export const BOB = 'user:default/bob';

type Server = Awaited<ReturnType<typeof startPortal>>['server'];

/** Calls the portal's API. @internal */
class PortalClient {
  private static keys = 0;

  constructor(private readonly server: Server) {}

  /** Another one each time. */
  nextKey(): string {
    PortalClient.keys += 1;
    return `key-of-an-action-${PortalClient.keys}`;
  }

  async actionKey(entity: string): Promise<string> {
    const { body } = await request(this.server)
      .get(`${API}/${entity}/deployments`)
      .expect(200);
    const { environments }: DeploymentsResponse = body;
    return environments[0].deployments[0].actionKey ?? '';
  }

  /** Acts on the application of that name, as its page shows it now. */
  async act(
    name: string,
    action: object,
    options: { user?: string; key?: string; entity?: string } = {},
  ) {
    const { user = ADA, key = this.nextKey(), entity = name } = options;
    return request(this.server)
      .post(`${API}/${entity}/applications/main/argocd/${name}/actions`)
      .set('Authorization', mockCredentials.user.header(user))
      .set('Idempotency-Key', key)
      .send({
        expected: { actionKey: await this.actionKey(name) },
        ...action,
      });
  }

  async decide(entity: string, id: string, decision: object, user: string) {
    return request(this.server)
      .post(`${API}/${entity}/actions/${id}/decision`)
      .set('Authorization', mockCredentials.user.header(user))
      .send(decision);
  }

  async records(entity: string): Promise<ActionRecord[]> {
    const { body } = await request(this.server)
      .get(`${API}/${entity}/actions`)
      .expect(200);
    return body.items;
  }

  /** Resolves with the record once it has the state. */
  async untilState(
    entity: string,
    id: string,
    state: string,
  ): Promise<ActionRecord> {
    let found: ActionRecord | undefined;
    await waitFor(async () => {
      found = (await this.records(entity)).find(one => one.id === id);
      if (found?.state !== state) {
        throw new Error(`The action is ${found?.state}, and not ${state}`);
      }
    });
    if (!found) {
      throw new Error(`There is no action ${id}`);
    }
    return found;
  }
}

function component(name: string, application: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'argocd/app-name': application },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
  };
}

/** `billing` and `cart` own the applications of their names; `thief` says it does. */
const ENTITIES = [
  component('billing', 'billing'),
  component('cart', 'cart'),
  component('thief', 'billing'),
];

/** How an action was audited. @internal */
interface AuditedAction {
  outcome: 'succeeded' | 'failed';
  meta?: JsonValue;
  error?: string;
}

/** One Argo CD whose applications `billing` and `cart` are marked. @internal */
export async function startActingArgoCd() {
  const systems = await PortalSystems.start(TOKEN);
  const acting = new ActingArgoCd(systems.argocd);
  for (const application of readApplicationList().items) {
    const { metadata } = application;
    const entity = ENTITIES.find(one => one.metadata.name === metadata.name);
    acting.put({
      ...application,
      metadata: {
        ...metadata,
        annotations: {
          ...metadata.annotations,
          ...(entity && { [MARK]: stringifyEntityRef(entity) }),
        },
      },
    });
  }
  return { systems, acting };
}

/** @internal */
export interface ActingPortalOptions {
  databases: TestDatabases;
  /** The database of the delivery plugin, if replicas share it. */
  knex?: Knex;
  systems: PortalSystems;
  /** Below `delivery.actions`. */
  actions?: JsonObject;
  features?: BackendFeature[];
  /** Further configuration below `delivery`. */
  delivery?: JsonObject;
  /** Further configuration outside `delivery`. */
  config?: JsonObject;
  /** In place of `argoCdInstancesServiceRef`. */
  argocd?: ServiceFactory;
  /** How long an answer of Argo CD may take, in milliseconds. */
  requestMs?: number;
}

/**
 * A portal that acts on the applications of an `ActingArgoCd`.
 *
 * @internal
 */
export async function startActingPortal(options: ActingPortalOptions) {
  const { databases, knex, systems, requestMs = 5000 } = options;
  const audited: AuditedAction[] = [];
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockImplementation(async () => ({
    success: async given => {
      audited.push({ outcome: 'succeeded', meta: given?.meta });
    },
    fail: async ({ error, meta }) => {
      audited.push({ outcome: 'failed', meta, error: error.message });
    },
  }));
  const client = DefaultArgoCdClient.create(
    {
      name: 'main',
      url: systems.argocd.url,
      frontendUrl: systems.argocd.url,
      credentials: { token: TOKEN },
    },
    { timeouts: { requestMs } },
  );
  const portal = await startPortal({
    database: databaseFactory(databases, knex),
    entities: ENTITIES,
    argocdUrl: systems.argocd.url,
    config: options.config,
    secrets: {
      argocd: TOKEN,
      notifications: 'token-of-argocd-notifications',
      ecr: 'token-of-eventbridge',
      aws: 'secret-of-the-test',
    },
    features: [
      auditor.factory,
      options.argocd ??
        createServiceFactory({
          service: argoCdInstancesServiceRef,
          deps: {},
          factory: () => ({
            list: () => [client],
            get: name => {
              if (name !== 'main') {
                throw new NotFoundError(`There is no instance '${name}'`);
              }
              return client;
            },
          }),
        }),
      ...(options.features ?? []),
    ],
    delivery: {
      leases: { duration: '3 seconds' },
      actions: { enabled: true, ...options.actions },
      ...options.delivery,
    },
  });
  const api = new PortalClient(portal.server);
  await waitFor(async () => {
    await api.actionKey('billing');
    await api.actionKey('cart');
  });
  return {
    api,
    server: portal.server,
    audited,
    stop: async () => {
      await portal.stop();
      await client.close();
    },
  };
}

/** As if an action had been asked for a while ago. @internal */
export async function ageAction(
  knex: Knex,
  id: string,
  ms: number,
): Promise<void> {
  const row = await knex('actions').where({ id }).first('document');
  const record = JSON.parse(row.document);
  const requestedAt = new Date(
    Date.parse(record.requestedAt) - ms,
  ).toISOString();
  await knex('actions')
    .where({ id })
    .update({
      requested_at: requestedAt,
      check_at: requestedAt,
      document: JSON.stringify({ ...record, requestedAt }),
    });
}
