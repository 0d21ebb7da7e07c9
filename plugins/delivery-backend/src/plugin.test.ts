import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  type EventParams,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { readRecordingText } from '@landfall/testing-kit';
import {
  type DeploymentsResponse,
  type PromotionsResponse,
  type VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { PortalSystems, startPortal } from './__testUtils__/portal';
import { readPromotion } from './__testUtils__/recordings';
import { ReplayedArgoCd } from './__testUtils__/ReplayedArgoCd';
import { waitFor } from '@landfall/testing-kit';

const ARGOCD_TOKEN = 'token-of-argocd';
const NOTIFICATIONS_TOKEN = 'token-of-argocd-notifications';
const ECR_TOKEN = 'token-of-eventbridge';
const API = '/api/delivery/v1';
const ENTITY = `${API}/entities/component/default/api`;

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api', annotations: { 'argocd/app-name': 'api-dev' } },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
};

const databases = createTestDatabases();

describe('the delivery plugin', () => {
  let systems: PortalSystems;
  let argocd: PortalSystems['argocd'];
  let ecr: PortalSystems['ecr'];
  let stop: () => Promise<void>;

  beforeEach(async () => {
    systems = await PortalSystems.start(ARGOCD_TOKEN);
    ({ argocd, ecr } = systems);
    stop = async () => {};
  });

  afterEach(async () => {
    await stop();
    await systems.stop();
  });

  async function start(delivery: JsonObject = {}) {
    const receivedEvents: EventParams[] = [];
    const portal = await startPortal({
      database: databaseFactory(databases),
      entities: [entity],
      argocdUrl: argocd.url,
      secrets: {
        argocd: ARGOCD_TOKEN,
        notifications: NOTIFICATIONS_TOKEN,
        ecr: ECR_TOKEN,
        aws: 'secret-of-the-test',
      },
      delivery,
      features: [
        createBackendPlugin({
          pluginId: 'listener',
          register(env) {
            env.registerInit({
              deps: { events: eventsServiceRef },
              async init({ events }) {
                await events.subscribe({
                  id: 'listener',
                  topics: ['aws.ecr'],
                  onEvent: async event => {
                    receivedEvents.push(event);
                  },
                });
              },
            });
          },
        }),
      ],
    });
    const { server, published } = portal;
    stop = portal.stop;
    const get = async <T>(path: string): Promise<T> => {
      const response = await request(server).get(path).expect(200);
      return response.body;
    };
    return { server, get, published, receivedEvents };
  }

  it('follows a promotion from the push to the pods', async () => {
    const steps = readPromotion('helmvalues');
    for (const step of steps) {
      if (step.kind === 'revision-metadata') {
        const [, revision] = step.request.path.split('/revisions/');
        argocd.putRevision(revision.split('/')[0], step.response.body);
      }
    }
    const beginning = steps.find(step => step.kind === 'app-event');
    if (beginning?.kind !== 'app-event') {
      throw new Error('The recording has no application');
    }
    argocd.put(beginning.application);
    const { server, get, published } = await start();

    await waitFor(async () => {
      const { environments } = await get<DeploymentsResponse>(
        `${ENTITY}/deployments`,
      );
      expect(environments).toMatchObject([
        {
          environment: 'dev',
          deployments: [
            {
              application: {
                instance: 'main',
                namespace: 'argocd',
                name: 'api-dev',
              },
              health: { status: 'Healthy' },
              sync: { status: 'Synced' },
              images: [{ running: [{ tag: '1.0.0' }] }],
              links: {
                argocd:
                  'https://argocd.example.com/applications/argocd/api-dev',
              },
            },
          ],
        },
      ]);
    });
    await waitFor(() => expect(argocd.streaming).toBe(1));

    for (const step of steps) {
      if (step.kind === 'push') {
        ecr.push(step.repository, step.digest, step.tag, step.at);
        const event = JSON.parse(readRecordingText('ecr/samples/push.json'));
        event.detail['image-digest'] = step.digest;
        event.detail['image-tag'] = step.tag;
        await request(server)
          .post('/api/events/http/aws.ecr')
          .set('x-landfall-token', ECR_TOKEN)
          .send(event)
          .expect(202);
      } else if (step.kind === 'app-event' && step !== beginning) {
        argocd.emit(step.type, step.application);
      }
    }

    const promotion = await waitFor(async () => {
      const { items } = await get<PromotionsResponse>(`${ENTITY}/promotions`);
      const found = items.find(({ version }) => version.tag === '1.0.1');
      expect(found).toMatchObject({
        outcome: 'live',
        environment: 'dev',
        stages: {
          pushed: { at: '2026-11-23T03:59:11.917Z', basis: 'reported' },
          committed: { at: expect.any(String), basis: 'reported' },
          synced: { at: expect.any(String), basis: 'reported' },
          healthy: { at: expect.any(String) },
        },
        commit: { author: 'argocd-image-updater <noreply@argoproj.io>' },
      });
      return found;
    });
    expect(promotion?.links).toMatchObject({
      argocd: 'https://argocd.example.com/applications/argocd/api-dev',
      image: expect.stringContaining('console.aws.amazon.com/ecr/repositories'),
    });

    const versions = await get<VersionsResponse>(`${ENTITY}/versions`);
    expect(versions.environments).toEqual([
      { environment: 'dev', applications: 1 },
    ]);
    expect(
      versions.items.map(({ version, cells }) => [
        version.tag,
        cells[0].states[0].state,
      ]),
    ).toEqual([
      ['1.0.1', 'running'],
      ['1.0.0', 'was-here'],
    ]);
    expect(versions.items[0]).toMatchObject({
      pushedAt: '2026-11-23T03:59:11.917Z',
      commits: [{ environments: ['dev'], author: expect.any(String) }],
      links: { image: expect.stringContaining('console.aws.amazon.com/ecr') },
    });
    await request(server).get(`${ENTITY}/versions?limit=101`).expect(400);
    await request(server).get(`${ENTITY}/versions?cursor=x`).expect(400);

    const { environments, instances } = await get<DeploymentsResponse>(
      `${ENTITY}/deployments`,
    );
    const [deployment] = environments[0].deployments;
    expect(deployment.images[0].running).toEqual([{ tag: '1.0.1' }]);
    expect(instances).toMatchObject([
      { name: 'main', state: 'live', applications: 1 },
    ]);
    const signals = published.flatMap(({ channel, message }) =>
      channel === 'delivery' ? [message] : [],
    );
    expect(signals).toContainEqual(
      expect.objectContaining({ keys: [deployment.key], appeared: true }),
    );
    expect(signals).toContainEqual(
      expect.objectContaining({ instances: true }),
    );
  });

  it('publishes a change within a second of Argo CD’s event', async () => {
    const events = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    argocd.put(events[0].application);
    const { published } = await start();
    await waitFor(() => expect(argocd.streaming).toBe(1));
    await waitFor(() =>
      expect(published.some(({ message }) => message.appeared)).toBe(true),
    );

    const degraded = events.find(({ application }) =>
      JSON.stringify(application).includes('"Progressing"'),
    );
    if (!degraded) {
      throw new Error('The recording has no rollout');
    }
    const before = published.length;
    argocd.emit('MODIFIED', degraded.application);
    await waitFor(() => expect(published.length).toBeGreaterThan(before));
  });

  it('keeps its state while Argo CD is unreachable, and reports that', async () => {
    const [event] = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    argocd.put(event.application);
    const { get } = await start();
    const deployments = () => get<DeploymentsResponse>(`${ENTITY}/deployments`);
    await waitFor(async () =>
      expect((await deployments()).instances[0].state).toBe('live'),
    );
    const before = await deployments();
    const port = Number(new URL(argocd.url).port);

    await argocd.stop();

    await waitFor(async () => {
      const { environments, instances } = await deployments();
      expect(instances).toEqual([
        expect.objectContaining({
          name: 'main',
          state: 'unreachable',
          applications: 1,
          error: expect.objectContaining({ code: 'connection-refused' }),
          lastReceivedAt: expect.any(String),
        }),
      ]);
      expect(environments).toEqual(before.environments);
    });

    argocd = await ReplayedArgoCd.start({ token: ARGOCD_TOKEN, port });
    systems.argocd = argocd;
    argocd.put(event.application);
    await waitFor(async () => {
      const { items } = await get<{ items: { state: string }[] }>(
        `${API}/instances`,
      );
      expect(items[0].state).toBe('live');
    });
  });

  it('reports its health to services only', async () => {
    const { server } = await start();
    const service = mockCredentials.service.header();

    const health = await waitFor(async () => {
      const { body } = await request(server)
        .get(`${API}/health`)
        .set('Authorization', service)
        .expect(200);
      expect(body.status).toBe('ok');
      return body;
    });
    expect(health).toEqual({ status: 'ok', reasons: [] });

    await request(server)
      .get(`${API}/health`)
      .set('Authorization', mockCredentials.user.header())
      .expect(403);
  });

  it('refuses events without the token, and invalid events', async () => {
    const { server, receivedEvents } = await start();
    const event = JSON.parse(readRecordingText('ecr/samples/push.json'));
    const post = (token: string, body: object) =>
      request(server)
        .post('/api/events/http/aws.ecr')
        .set('x-landfall-token', token)
        .send(body);

    expect((await post('wrong', event)).status).toBe(403);
    expect((await post(ECR_TOKEN, { hello: 'world' })).status).toBe(400);
    expect((await post(ECR_TOKEN, event)).status).toBe(202);
    await waitFor(() => expect(receivedEvents).toHaveLength(1));
    expect(JSON.stringify(receivedEvents)).not.toContain(ECR_TOKEN);
  });

  it('rereads an application after a post of argocd-notifications', async () => {
    const events = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    argocd.put(events[0].application);
    const { server, get } = await start();
    await waitFor(async () => {
      const { items } = await get<{ items: { state: string }[] }>(
        `${API}/instances`,
      );
      expect(items[0].state).toBe('live');
    });
    const post = (token: string) =>
      request(server)
        .post(`${API}/webhooks/argocd/main`)
        .set('x-landfall-token', token)
        .send({ app: 'api-dev', namespace: 'argocd' });

    // The stream doesn't report it.
    argocd.put(events[events.length - 1].application);
    expect((await post('a-wrong-token-of-anybody')).status).toBe(403);
    expect((await post(NOTIFICATIONS_TOKEN)).status).toBe(202);

    await waitFor(async () => {
      const { environments } = await get<DeploymentsResponse>(
        `${ENTITY}/deployments`,
      );
      expect(environments[0].deployments[0].images[0].running).toEqual([
        { tag: '1.0.1' },
      ]);
    });
    expect(argocd.requests).toContain('/api/v1/applications/api-dev');
  });

  it('shows only applications marked for the entity in strict mode', async () => {
    const [event] = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    argocd.put(event.application);
    const { get } = await start({ access: { read: 'strict' } });
    const deployments = () => get<DeploymentsResponse>(`${ENTITY}/deployments`);
    await waitFor(async () =>
      expect(await deployments()).toMatchObject({
        environments: [],
        problems: [{ code: 'applications-withheld' }],
      }),
    );

    await waitFor(() => expect(argocd.streaming).toBe(1));
    argocd.emit('MODIFIED', {
      ...event.application,
      metadata: {
        ...event.application.metadata,
        resourceVersion: 'marked',
        annotations: { 'landfall.io/entity-ref': 'component:default/api' },
      },
    });
    await waitFor(async () =>
      expect(await deployments()).toMatchObject({
        environments: [{ deployments: [{ application: { name: 'api-dev' } }] }],
        problems: [],
      }),
    );
  });

  it('registers its permissions, and does not start with invalid rules', async () => {
    const { get } = await start();
    expect(
      await get('/api/delivery/.well-known/backstage/permissions/metadata'),
    ).toMatchObject({
      permissions: [
        { name: 'delivery.instances.read', type: 'basic' },
        { name: 'delivery.tools.read', type: 'basic' },
        { name: 'delivery.tools.change', type: 'basic' },
        ...[
          'delivery.application.refresh',
          'delivery.application.sync',
          'delivery.application.terminate',
          'delivery.application.rollback',
          'delivery.application.rollout',
          'delivery.version.promote',
          'delivery.version.revert',
          'delivery.updates.resume',
        ].map(name => ({
          name,
          type: 'resource',
          resourceType: 'catalog-entity',
        })),
      ],
    });
    await expect(start({ access: { read: 'open' } })).rejects.toThrow(
      /delivery\.access/,
    );
  });

  it('does not start with a webhook for an unknown instance', async () => {
    await expect(
      start({
        events: {
          argocd: [{ instance: 'other', token: NOTIFICATIONS_TOKEN }],
        },
      }),
    ).rejects.toThrow(/delivery\.events\.argocd\[0\]\.instance/);
  });

  it('has no ingress for events without a secret', async () => {
    const { server } = await start({ events: undefined });

    const { status } = await request(server)
      .post('/api/events/http/aws.ecr')
      .send(JSON.parse(readRecordingText('ecr/samples/push.json')));
    expect(status).toBe(404);
  });

  it('does not start with invalid configuration, and names the key', async () => {
    await expect(start({ registry: { pollInterval: '1s' } })).rejects.toThrow(
      /delivery\.registry\.pollInterval/,
    );
  });
});
