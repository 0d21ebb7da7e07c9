import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { application, chart } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { settled, summary } from './__testUtils__/Watch';
import { asArray, asObject, at, type Obj } from './json';

const IMAGE = 'registry.example.com/shop/api';
const v = (tag: string, extra: Record<string, string> = {}) =>
  chart('apps/api', { repository: IMAGE, tag }, extra);

const HOOK = (
  name: string,
  phase: string,
  fails = false,
) => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations:
    argocd.argoproj.io/hook: ${phase}
    ${fails ? 'sandbox.landfall.dev/fail: "true"' : 'note: fine'}
spec:
  template:
    spec:
      containers: [{name: main, image: registry.example.com/shop/migrate:1.0.0}]
`;

describe('operations and failures', () => {
  let harness: Harness;

  const create = async (
    name: string,
    options: Parameters<typeof application>[2] = {},
    query = '',
  ) =>
    await harness.call('POST', `/api/v1/applications${query}`, {
      body: application(name, harness.repository('deploy'), options),
    });

  beforeEach(async () => {
    harness = await Harness.start();
    await harness.git.commit('deploy', v('1.0.0'));
  });

  afterEach(async () => {
    await harness.stop();
    harness.assertQuiet();
  });

  it('syncs by hand, rolls back, and is OutOfSync after that', async () => {
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
    const sync = await harness.call('POST', '/api/v1/applications/api/sync', {
      as: 'backstage',
      body: { revision: 'main', infos: [{ name: 'correlation', value: '42' }] },
    });
    expect(at(sync.body, 'operation', 'initiatedBy')).toEqual({
      username: 'backstage',
    });
    expect(at(sync.body, 'status', 'operationState')).toBeUndefined();
    await harness.until('api', settled('1.0.0'));
    await harness.git.commit('deploy', v('1.0.1'));
    await harness.until(
      'api',
      app => at(app, 'status', 'sync', 'status') === 'OutOfSync',
    );
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    await harness.until('api', settled('1.0.1'));

    const rollback = await harness.call(
      'POST',
      '/api/v1/applications/api/rollback',
      {
        body: { id: 0, prune: false, dryRun: false },
      },
    );
    expect(rollback.status).toBe(200);
    expect(at(rollback.body, 'operation', 'sync', 'syncStrategy')).toEqual({
      apply: {},
    });
    const after = await harness.until(
      'api',
      app => summary(app) === 'idle Succeeded OutOfSync Healthy 1.0.0 h2',
    );
    const history = asArray(at(after, 'status', 'history'));
    expect(at(history[2], 'revision')).toBe(at(history[0], 'revision'));
    expect(
      at(
        after,
        'status',
        'operationState',
        'syncResult',
        'resources',
        1,
        'images',
      ),
    ).toEqual([`${IMAGE}:1.0.0`]);
  });

  it('makes no history entry in a dry run or a partial sync', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.call('POST', '/api/v1/applications/api/sync', {
      body: { dryRun: true },
    });
    const dry = await harness.until(
      'api',
      app =>
        at(app, 'status', 'operationState', 'operation', 'sync', 'dryRun') ===
          true && !app.operation,
    );
    expect(at(dry, 'status', 'operationState', 'message')).toBe(
      'successfully synced (no more tasks)',
    );
    expect(
      at(
        dry,
        'status',
        'operationState',
        'syncResult',
        'resources',
        0,
        'message',
      ),
    ).toBe('service/api unchanged (dry run)');
    await harness.call('POST', '/api/v1/applications/api/sync', {
      body: {
        resources: [
          { group: 'apps', kind: 'Deployment', name: 'api', namespace: 'dev' },
        ],
      },
    });
    const partial = await harness.until(
      'api',
      app =>
        asArray(
          at(app, 'status', 'operationState', 'operation', 'sync', 'resources'),
        ).length === 1 && !app.operation,
    );
    expect(
      asArray(
        at(partial, 'status', 'operationState', 'syncResult', 'resources'),
      ),
    ).toHaveLength(1);
    expect(asArray(at(partial, 'status', 'history'))).toHaveLength(1);
  });

  it('cuts the history at its limit', async () => {
    await create('api', {
      automated: false,
      spec: { revisionHistoryLimit: 2 },
    });
    await harness.until(
      'api',
      app => at(app, 'status', 'sync', 'status') === 'OutOfSync',
    );
    for (let i = 0; i < 4; i++) {
      await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
      await harness.until(
        'api',
        app =>
          !app.operation &&
          at(asArray(at(app, 'status', 'history')).slice(-1)[0], 'id') === i,
      );
    }
    const ids = asArray(
      at(await harness.application('api'), 'status', 'history'),
    ).map(entry => at(entry, 'id'));
    expect(ids).toEqual([2, 3]);
  });

  it('fails a rollout on request: Degraded, the old image keeps running, a newer version recovers', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    const wished = await harness.call('POST', '/_sandbox/fail-rollout', {
      as: null,
      body: { application: 'api' },
    });
    expect(wished.status).toBe(204);
    await harness.git.commit('deploy', v('1.0.1'));
    await harness.until(
      'api',
      app => summary(app) === 'idle Succeeded Synced Degraded 1.0.0+1.0.1 h1',
    );
    await harness.git.commit('deploy', v('1.0.2'));
    await harness.until('api', settled('1.0.2'));
  });

  it('clears a failing rollout', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.call('POST', '/_sandbox/fail-rollout', {
      body: { application: 'argocd/api' },
    });
    await harness.git.commit('deploy', v('1.0.1'));
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Degraded',
    );
    await harness.call('POST', '/_sandbox/fail-rollout', {
      body: { application: 'api', clear: true },
    });
    await harness.until('api', settled('1.0.1'));
    const unknown = await harness.call('POST', '/_sandbox/fail-rollout', {
      body: { application: 'nosuch' },
    });
    expect(unknown.status).toBe(404);
  });

  it('fails hooks on request, until that is cleared', async () => {
    await harness.git.commit(
      'deploy',
      v('1.0.0', { 'templates/pre.yaml': HOOK('pre', 'PreSync') }),
    );
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
    await harness.call('POST', '/_sandbox/fail-rollout', {
      body: { application: 'api', hooks: true },
    });
    const sync = async (phase: string) => {
      await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
      const app = await harness.until(
        'api',
        current => at(current, 'status', 'operationState', 'phase') === phase,
      );
      return at(app, 'status', 'operationState', 'message');
    };
    expect(await sync('Failed')).toBe(
      'one or more synchronization tasks completed unsuccessfully',
    );
    await harness.call('POST', '/_sandbox/fail-rollout', {
      body: { application: 'api', clear: true },
    });
    expect(await sync('Succeeded')).toContain('successfully synced');
  });

  it('shows a bad path and an unreachable repository, and recovers', async () => {
    await create('bad', { path: 'apps/nope' }, '?validate=false');
    const bad = await harness.until(
      'bad',
      app => at(app, 'status', 'sync', 'status') === 'Unknown',
    );
    expect(at(bad, 'status', 'conditions', 0)).toMatchObject({
      type: 'ComparisonError',
      message:
        'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = apps/nope: app path does not exist',
    });
    expect(at(bad, 'status', 'sync', 'revision')).toBe('main');
    expect(at(bad, 'status', 'health', 'status')).toBe('Healthy');

    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.git.stop();
    const down = await harness.until('api', app =>
      String(at(app, 'status', 'conditions', 0, 'message')).includes(
        'rpc error: code = Unknown desc = failed to list refs: ',
      ),
    );
    expect(at(down, 'status', 'sync', 'status')).toBe('Unknown');
    expect(at(down, 'status', 'health', 'status')).toBe('Healthy');
    expect(at(down, 'status', 'resources', 0)).toMatchObject({
      status: 'Unknown',
      requiresPruning: true,
    });
    await harness.git.start();
    const up = await harness.until('api', settled('1.0.0'));
    expect(at(up, 'status', 'conditions')).toBeUndefined();
  });

  it('says where in a template the mistake is', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.git.commit('deploy', {
      'apps/api/templates/service.yaml':
        'kind: Service\nname: {{ .Values.nope.deep }}\n',
    });
    const app = await harness.until(
      'api',
      a => at(a, 'status', 'sync', 'status') === 'Unknown',
    );
    expect(at(app, 'status', 'conditions', 0, 'message')).toContain(
      'template: app/templates/service.yaml:2: executing at <.Values.nope.deep>: nil pointer evaluating interface {}.deep',
    );
  });

  it('runs hooks as steps, and fails when one fails', async () => {
    await harness.git.commit(
      'deploy',
      v('1.0.0', {
        'templates/pre.yaml': HOOK('pre', 'PreSync'),
        'templates/post.yaml': HOOK('post', 'PostSync'),
      }),
    );
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
    const watch = await harness.watch('api');
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    const app = await harness.until(
      'api',
      a => at(a, 'status', 'operationState', 'phase') === 'Succeeded',
    );
    watch.close();
    expect(at(app, 'status', 'operationState', 'message')).toBe(
      'successfully synced (no more tasks)',
    );
    expect(
      asArray(
        at(app, 'status', 'operationState', 'syncResult', 'resources'),
      ).map(r => [at(r, 'name'), at(r, 'hookPhase'), at(r, 'syncPhase')]),
    ).toEqual([
      ['pre', 'Succeeded', 'PreSync'],
      ['api', 'Succeeded', 'Sync'],
      ['api', 'Succeeded', 'Sync'],
      ['post', 'Succeeded', 'PostSync'],
    ]);
    expect(at(app, 'status', 'summary', 'images')).toContain(
      'registry.example.com/shop/migrate:1.0.0',
    );
    const messages = watch.events.map(e =>
      at(e.app, 'status', 'operationState', 'message'),
    );
    expect(messages).toContain('waiting for completion of hook batch/Job/pre');
    expect(messages).toContain('waiting for completion of hook batch/Job/post');

    await harness.git.commit('deploy', {
      'apps/api/templates/pre.yaml': HOOK('pre', 'PreSync', true),
    });
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    const failed = await harness.until(
      'api',
      a => at(a, 'status', 'operationState', 'phase') === 'Failed',
    );
    expect(at(failed, 'status', 'operationState', 'message')).toBe(
      'one or more synchronization tasks completed unsuccessfully',
    );
    expect(asArray(at(failed, 'status', 'history'))).toHaveLength(1);
  });

  it('applies a wave only once the one before is healthy', async () => {
    const later = `apiVersion: v1
kind: ConfigMap
metadata: { name: later, annotations: { argocd.argoproj.io/sync-wave: '2' } }
`;
    await harness.git.commit(
      'deploy',
      v('1.0.0', { 'templates/later.yaml': later }),
    );
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
    const watch = await harness.watch('api');
    await watch.until(({ type }) => type === 'ADDED');
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    await harness.until('api', settled('1.0.0'));
    const applied = (app: Obj) =>
      asArray(
        at(app, 'status', 'operationState', 'syncResult', 'resources'),
      ).map(resource => at(resource, 'kind'));
    await watch.until(({ app }) => applied(app).includes('ConfigMap'));
    watch.close();
    const waiting = watch.events.find(
      ({ app }) =>
        at(app, 'status', 'operationState', 'message') ===
        'waiting for healthy state of apps/Deployment/api',
    );
    expect(waiting && applied(waiting.app)).toEqual(['Service', 'Deployment']);
    const first = watch.events.find(({ app }) =>
      applied(app).includes('ConfigMap'),
    );
    expect(at(first?.app, 'status', 'health', 'status')).not.toBe('Missing');
  });

  it('terminates a running operation and refuses a second one', async () => {
    await harness.stop();
    harness = await Harness.start({
      rolloutSeconds: 20,
      progressDeadlineSeconds: 60,
    });
    await harness.git.commit(
      'deploy',
      v('1.0.0', { 'templates/pre.yaml': HOOK('pre', 'PreSync') }),
    );
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    await harness.until(
      'api',
      app =>
        at(app, 'status', 'operationState', 'message') ===
        'waiting for completion of hook batch/Job/pre',
    );
    const second = await harness.call('POST', '/api/v1/applications/api/sync', {
      body: {},
    });
    expect([
      second.status,
      at(second.body, 'code'),
      at(second.body, 'message'),
    ]).toEqual([400, 9, 'another operation is already in progress']);
    expect(
      (await harness.call('DELETE', '/api/v1/applications/api/operation')).body,
    ).toEqual({});
    const app = await harness.until(
      'api',
      a => at(a, 'status', 'operationState', 'phase') === 'Failed',
    );
    expect(at(app, 'status', 'operationState', 'message')).toBe(
      'Operation terminated',
    );
  });

  it('heals a change made by hand, with a partial sync and no history entry', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    const deleted = await harness.call(
      'DELETE',
      '/api/v1/applications/api/resource?group=apps&kind=Deployment&namespace=dev&resourceName=api',
    );
    expect(deleted.body).toEqual({});
    const app = await harness.until(
      'api',
      a =>
        at(
          a,
          'status',
          'operationState',
          'operation',
          'sync',
          'autoHealAttemptsCount',
        ) === 1 && settled('1.0.0')(a),
    );
    expect(
      at(app, 'status', 'operationState', 'operation', 'sync', 'resources'),
    ).toEqual([{ group: 'apps', kind: 'Deployment', name: 'api' }]);
    expect(asArray(at(app, 'status', 'history'))).toHaveLength(1);
  });

  it('does not try a failed revision again, and retries within an operation as the policy says', async () => {
    await harness.git.commit(
      'deploy',
      v('1.0.0', { 'templates/pre.yaml': HOOK('pre', 'PreSync', true) }),
    );
    await create('api', {
      spec: {
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=true'],
          retry: {
            limit: 1,
            backoff: { duration: '50ms', factor: 2, maxDuration: '1s' },
          },
        },
      },
    });
    const app = await harness.until(
      'api',
      a =>
        at(a, 'status', 'operationState', 'phase') === 'Failed' &&
        a.operation === undefined &&
        at(a, 'status', 'conditions', 0, 'type') === 'SyncError',
    );
    expect(at(app, 'status', 'operationState', 'retryCount')).toBe(1);
    const refreshed = await harness.call(
      'GET',
      '/api/v1/applications/api?refresh=normal',
    );
    expect(asObject(refreshed.body).operation).toBeUndefined();
    await harness.git.commit('deploy', {
      'apps/api/templates/pre.yaml': HOOK('pre', 'PreSync'),
    });
    await harness.until(
      'api',
      a => at(a, 'status', 'operationState', 'phase') === 'Succeeded',
    );
  });

  it('deletes with cascade: resources first, then the application', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    const watch = await harness.watch('api');
    expect(
      (
        await harness.call(
          'DELETE',
          '/api/v1/applications/api?cascade=true&propagationPolicy=foreground',
        )
      ).body,
    ).toEqual({});
    await watch.until(({ type }) => type === 'DELETED');
    watch.close();
    const last = watch.events[watch.events.length - 1].app;
    expect(at(last, 'metadata', 'deletionTimestamp')).toEqual(
      expect.any(String),
    );
    expect(at(last, 'metadata', 'finalizers')).toContain(
      'resources-finalizer.argocd.argoproj.io/foreground',
    );
    expect(
      (await harness.call('GET', '/api/v1/applications/api?project=shop'))
        .status,
    ).toBe(404);
    await create('api', { automated: false });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Missing',
    );
  });

  it('keeps resources when deleted without cascade', async () => {
    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.call('DELETE', '/api/v1/applications/api?cascade=false');
    await create('api', { automated: false });
    const app = await harness.until(
      'api',
      a => at(a, 'status', 'sync', 'status') === 'Synced',
    );
    expect(at(app, 'status', 'health', 'status')).toBe('Healthy');
  });

  it('waits for an image that is not in the registry, and goes on once it is pushed', async () => {
    const present = new Set(['/v2/shop/api/manifests/1.0.0']);
    const registry = createServer((req, res) => {
      const authorized =
        req.headers.authorization ===
        `Basic ${Buffer.from('AWS:token').toString('base64')}`;
      const status = authorized ? 404 : 401;
      res
        .writeHead(present.has(req.url ?? '') && authorized ? 200 : status)
        .end();
    });
    await new Promise<void>(resolve =>
      registry.listen(0, '127.0.0.1', resolve),
    );
    const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
    await harness.stop();
    harness = await Harness.start({
      registries: [
        { host, url: `http://${host}`, username: 'AWS', password: 'token' },
      ],
    });
    const own = (tag: string) =>
      chart('apps/api', { repository: `${host}/shop/api`, tag });
    await harness.git.commit('deploy', own('1.0.0'));
    await create('api');
    await harness.until('api', settled('1.0.0'));
    await harness.git.commit('deploy', own('1.0.1'));
    await harness.until(
      'api',
      app => summary(app) === 'idle Succeeded Synced Degraded 1.0.0+1.0.1 h1',
    );
    const tree = await harness.call(
      'GET',
      '/api/v1/applications/api/resource-tree',
    );
    expect(tree.text).toContain('ImagePullBackOff');
    expect(tree.text).toContain('exceeded its progress deadline');
    present.add('/v2/shop/api/manifests/1.0.1');
    await harness.until('api', settled('1.0.1'));
    registry.close();
    registry.closeAllConnections();
  });
});
