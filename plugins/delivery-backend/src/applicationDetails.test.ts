import type { Entity } from '@backstage/catalog-model';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationEvents,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import { readRecordingText, waitFor } from '@landfall/testing-kit';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { PortalSystems, startPortal } from './__testUtils__/portal';
import { readApplicationList } from './__testUtils__/recordings';

const API = '/api/delivery/v1/entities/component/default';
const BILLING = 'main/argocd/billing';
const PARTS = ['', '/resources', '/events', '/diff?kind=Service&name=billing'];

function component(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
  };
}

const ENTITIES = [
  component('billing', { 'argocd/app-name': 'billing' }),
  component('cart', { 'argocd/app-name': 'cart' }),
  component('elsewhere', {
    'argocd/app-name': 'billing',
    'argocd/instance-name': 'other',
  }),
  component('herd', { 'argocd/app-name': 'web' }),
  component('none', {}),
];

/** The body of a recorded response. */
function recorded(file: string): unknown {
  return JSON.parse(readRecordingText(`argocd/${file}.json`)).response.body;
}

/**
 * The recorded resources, but a sync would change how many pods there are: Argo CD
 * had synced again when they were recorded.
 */
function outOfSync(): unknown {
  const text = JSON.stringify(recorded('03-managed-resources-outofsync'));
  return JSON.parse(text, (key, value) =>
    key === 'predictedLiveState'
      ? value.replace('"replicas":1', '"replicas":3')
      : value,
  );
}

/** What is asked about one application on request, and never for the store. */
const ON_REQUEST = /\/applications\/[^/]+(\/resource-tree|\/events|)$/;

const databases = createTestDatabases();

describe('the details of an application', () => {
  let systems: PortalSystems;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    systems = await PortalSystems.start('token-of-argocd');
    const { argocd } = systems;
    for (const application of readApplicationList().items) {
      argocd.put(application);
    }
    argocd.putAnswer(
      'billing/resource-tree',
      recorded('03-resource-tree-degraded'),
    );
    argocd.putAnswer('billing/managed-resources', outOfSync());
    argocd.putAnswer('billing/events', recorded('03-events'));
    portal = await startPortal({
      database: databaseFactory(databases),
      entities: ENTITIES,
      argocdUrl: argocd.url,
      secrets: {
        argocd: 'token-of-argocd',
        notifications: 'token-of-argocd-notifications',
        ecr: 'token-of-eventbridge',
        aws: 'secret-of-the-test',
      },
    });
    await waitFor(async () => {
      await read('billing', BILLING);
      await read('cart', 'main/argocd/cart');
    });
  });

  afterAll(async () => {
    await portal.stop();
    await systems.stop();
  });

  function get(entity: string, path: string) {
    return request(portal.server).get(`${API}/${entity}/applications/${path}`);
  }

  async function read<T>(entity: string, path: string): Promise<T> {
    const { body } = await get(entity, path).expect(200);
    return body;
  }

  it('come from the store, with history and policy', async () => {
    const { deployment, sources, history, updater } =
      await read<ApplicationDetails>('billing', BILLING);
    expect(deployment).toMatchObject({
      application: { instance: 'main', namespace: 'argocd', name: 'billing' },
      sync: { status: 'OutOfSync' },
    });
    expect(sources).toMatchObject([
      { path: 'apps/billing', revision: { revision: expect.any(String) } },
    ]);
    expect(history.length).toBeGreaterThan(0);
    expect(updater.applications).toMatchObject([
      { key: deployment.key, repository: expect.stringContaining('billing') },
    ]);
  });

  it('include what only Argo CD knows, read on request', async () => {
    const { nodes, syncResult, problems } = await read<ApplicationResources>(
      'billing',
      `${BILLING}/resources`,
    );
    expect(problems).toEqual([]);
    expect(nodes).toContainEqual(
      expect.objectContaining({
        kind: 'Pod',
        health: expect.objectContaining({ status: 'Degraded' }),
      }),
    );
    expect(syncResult).toContainEqual(
      expect.objectContaining({ kind: 'Deployment', status: 'Synced' }),
    );
    const { state, hunks } = await read<ApplicationDiff>(
      'billing',
      `${BILLING}/diff?group=apps&kind=Deployment&namespace=dev&name=billing`,
    );
    expect(state).toBe('different');
    expect(hunks.flatMap(({ lines }) => lines)).toContainEqual({
      kind: 'desired',
      text: '  replicas: 3',
    });
    const { items } = await read<ApplicationEvents>(
      'billing',
      `${BILLING}/events`,
    );
    expect(items.length).toBeGreaterThan(0);
  });

  it('include the events of one of its resources', async () => {
    const { nodes } = await read<ApplicationResources>(
      'billing',
      `${BILLING}/resources`,
    );
    const pod = nodes.find(({ kind }) => kind === 'Pod');
    const before = systems.argocd.urls.length;
    const { items, error } = await read<ApplicationEvents>(
      'billing',
      `${BILLING}/events?resource=${pod?.id}`,
    );
    expect(error).toBeUndefined();
    expect(items.length).toBeGreaterThan(0);
    const [asked] = systems.argocd.urls
      .slice(before)
      .filter(url => url.includes('/events?'));
    const { searchParams } = new URL(asked, 'http://argocd');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      resourceName: pod?.name,
      resourceNamespace: pod?.namespace,
      resourceUID: pod?.id,
    });

    const { body } = await get(
      'billing',
      `${BILLING}/events?resource=of-another-application`,
    ).expect(404);
    expect(body.error.message).toContain('no such resource');
  });

  it('have the error of a part that failed, and the others', async () => {
    systems.argocd.putAnswer(
      'cart/resource-tree',
      { error: 'connection refused', code: 14, message: 'cache unavailable' },
      503,
    );
    const { nodes, syncResult, problems } = await read<ApplicationResources>(
      'cart',
      'main/argocd/cart/resources',
    );
    expect(problems).toMatchObject([
      { part: 'nodes', error: { code: 'unreachable' } },
    ]);
    // Those of the latest comparison.
    expect(nodes.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'Service',
    ]);
    expect(syncResult).toHaveLength(2);
    await get('cart', 'main/argocd/cart').expect(200);
  });

  it('are not found for a resource that the application does not manage', async () => {
    const { body } = await get(
      'billing',
      `${BILLING}/diff?kind=Secret&namespace=dev&name=another`,
    ).expect(404);
    expect(body.error.message).toContain("no Secret 'another'");
  });

  it.each([
    ['another entity’s application', 'cart', BILLING],
    ['an instance that is not its own', 'billing', 'other/argocd/billing'],
    ['an entity of another instance', 'elsewhere', BILLING],
    ['another namespace', 'billing', 'main/team-a/billing'],
    ['an application that does not exist', 'billing', 'main/argocd/nothing'],
    ['an entity without annotations', 'none', BILLING],
    ['an entity that does not exist', 'nobody', BILLING],
    ['an encoded slash', 'billing', 'main/argocd/billing%2Fsync'],
    ['a way up', 'billing', 'main/argocd/..%2Fclusters'],
    ['an encoded way up', 'billing', 'main/argocd/%2e%2e%2fcart'],
    ['a query', 'billing', 'main/argocd/billing%3Frefresh=hard'],
    ['a twice encoded slash', 'billing', 'main/argocd/billing%252Fsync'],
    ['another case', 'billing', 'main/argocd/BILLING'],
  ])(
    'are not found for %s, and Argo CD is asked nothing',
    async (_, entity, path) => {
      const before = systems.argocd.requests.length;
      const messages = new Set<string>();
      for (const part of PARTS) {
        const { body } = await get(entity, `${path}${part}`).expect(404);
        messages.add(body.error.message);
      }
      // The answer doesn't depend on what exists.
      expect(messages.size).toBe(1);
      expect([...messages][0]).not.toContain('billing');
      expect(
        systems.argocd.requests
          .slice(before)
          .filter(each => ON_REQUEST.test(each)),
      ).toEqual([]);
    },
  );

  it('are read once for all who open them at the same time', async () => {
    const tree = '/api/v1/applications/web/resource-tree';
    systems.argocd.putAnswer('web/resource-tree', { nodes: [] });
    const herd = Array.from({ length: 20 }, () =>
      get('herd', 'main/argocd/web/resources').expect(200),
    );
    await Promise.all(herd);
    expect(systems.argocd.requests.filter(each => each === tree)).toHaveLength(
      1,
    );
  });
});
