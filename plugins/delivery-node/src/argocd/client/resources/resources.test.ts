import { sendJson } from '../../../__testUtils__/httpServer';
import { argoCdRecording } from '../../../__testUtils__/recordings';
import { servedForEachTest } from '../../../__testUtils__/ServedClient';

const REF = { instance: 'main', namespace: 'team-a', name: 'api' };

describe('the resources of an application', () => {
  const start = servedForEachTest();

  async function serveBody(body: unknown) {
    const { client, server } = await start((_, response) =>
      sendJson(response, 200, body),
    );
    return { ...client, received: server.received };
  }

  async function serve(file: string) {
    return serveBody(argoCdRecording(file).response?.body);
  }

  it('form a tree that contains the reason for a failure', async () => {
    const { resources, received } = await serve(
      '03-resource-tree-degraded.json',
    );

    const { nodes, orphaned } = await resources.tree(REF, { project: 'shop' });

    const [pod] = nodes.filter(({ kind }) => kind === 'Pod');
    const [set] = nodes.filter(({ kind }) => kind === 'ReplicaSet');
    const [deployment] = nodes.filter(({ kind }) => kind === 'Deployment');
    expect(pod).toMatchObject({
      group: '',
      namespace: 'dev',
      parents: [set.uid],
      images: [
        '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/search:broken-2',
      ],
      health: {
        status: 'Degraded',
        message: expect.stringContaining('Back-off pulling image'),
      },
      createdAt: '2026-11-23T03:44:55.000Z',
    });
    expect(pod.info).toContainEqual({
      name: 'Status Reason',
      value: 'ImagePullBackOff',
    });
    expect(set.parents).toEqual([deployment.uid]);
    expect(deployment.externalUrls).toEqual(['https://search.dev.example.com']);
    expect(orphaned).toEqual([]);
    expect(received[0].url).toBe(
      '/api/v1/applications/api/resource-tree?appNamespace=team-a&project=shop',
    );
  });

  it('have no uid if they are missing', async () => {
    const { resources } = await serve('03-resource-tree-missing.json');
    const { nodes } = await resources.tree(REF);
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) {
      expect(node).toMatchObject({
        uid: undefined,
        health: { status: 'Missing' },
      });
    }
  });

  it('are returned as objects to compare', async () => {
    const { resources } = await serve('03-managed-resources-outofsync.json');
    const managed = await resources.managed(REF);
    const [deployment] = managed.filter(({ kind }) => kind === 'Deployment');
    expect(deployment).toMatchObject({
      group: 'apps',
      hook: false,
      target: { kind: 'Deployment', metadata: { name: 'billing' } },
      live: { kind: 'Deployment', metadata: { name: 'billing' } },
    });
    expect(deployment.target).not.toEqual(deployment.live);
  });

  it('may be missing from the cluster, or left over in it', async () => {
    const { resources } = await serveBody({
      items: [
        { kind: 'A', name: 'a', targetState: '{"x":1}', liveState: 'null' },
        { kind: 'B', name: 'b', targetState: '', liveState: '{"y":2}' },
      ],
    });
    expect(await resources.managed(REF)).toMatchObject([
      { target: { x: 1 }, live: undefined },
      { target: undefined, live: { y: 2 } },
    ]);
  });

  it.each([
    ['text', { items: [{ kind: 'A', name: 'a', liveState: 'hello' }] }],
    ['a list', { items: [{ kind: 'A', name: 'a', liveState: '[1]' }] }],
  ])('cause an error if they arrive as %s', async (_, body) => {
    const { resources } = await serveBody(body);
    await expect(resources.managed(REF)).rejects.toMatchObject({
      name: 'ArgoCdUnexpectedResponseError',
      message: expect.stringContaining('items[0].liveState'),
    });
  });

  it('have events, the latest first', async () => {
    const { resources, received } = await serve('03-events.json');
    const events = await resources.events(REF, {
      resource: { namespace: 'dev', name: 'api', uid: 'u' },
    });
    expect(events).toContainEqual({
      type: 'Normal',
      reason: 'ResourceUpdated',
      message: 'Updated health status:  -> Healthy',
      count: 1,
      firstAt: '2026-11-23T03:43:46.000Z',
      lastAt: '2026-11-23T03:43:46.000Z',
    });
    const times = events.map(({ lastAt }) => lastAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(Object.fromEntries(received[0].query)).toEqual({
      resourceNamespace: 'dev',
      resourceName: 'api',
      resourceUID: 'u',
      appNamespace: 'team-a',
    });
  });

  it('are rendered from all sources', async () => {
    const { resources, received } = await serve(
      '03-manifests-multi-source.json',
    );
    const manifests = await resources.manifests(REF, { revision: 'v1/x' });
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'Service',
      'Deployment',
    ]);
    expect(received[0].query.get('revision')).toBe('v1/x');
  });

  it('have actions; a kind without any has none', async () => {
    const first = await serve('05-actions-list-paused.json');
    expect(
      await first.resources.actions(REF, {
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        namespace: 'dev',
        name: 'sleeper',
      }),
    ).toEqual([
      { name: 'restart', disabled: false, params: [] },
      { name: 'resume', disabled: false, params: [] },
      { name: 'scale', disabled: false, params: ['replicas'] },
      { name: 'pause', disabled: true, params: [] },
    ]);
    expect(Object.fromEntries(first.received[0].query)).toEqual({
      namespace: 'dev',
      resourceName: 'sleeper',
      version: 'v1',
      kind: 'Deployment',
      group: 'apps',
      appNamespace: 'team-a',
    });

    const { resources } = await serve('05-actions-list-service.json');
    expect(
      await resources.actions(REF, {
        version: 'v1',
        kind: 'Service',
        name: 'sleeper',
      }),
    ).toEqual([]);
  });

  it('run a Rollout’s action once', async () => {
    const { resources, received } = await serve('05-actions-run-v2.json');
    const rollout = {
      group: 'argoproj.io',
      version: 'v1alpha1',
      kind: 'Rollout',
      namespace: 'dev',
      name: 'api',
    };
    await resources.runAction(REF, rollout, 'promote-full', {
      project: 'shop',
    });
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0].body)).toEqual({
      namespace: 'dev',
      resourceName: 'api',
      group: 'argoproj.io',
      kind: 'Rollout',
      version: 'v1alpha1',
      action: 'promote-full',
      appNamespace: 'team-a',
      project: 'shop',
    });
  });

  it('include external links if there are any', async () => {
    const { resources } = await serveBody({
      items: [{ title: 'Logs', url: 'https://logs.example.com', icon: 'x' }],
    });
    expect(await resources.links(REF)).toEqual([
      { title: 'Logs', url: 'https://logs.example.com' },
    ]);
    const without = await serve('03-project-links.json');
    expect(await without.resources.links(REF)).toEqual([]);
  });
});
