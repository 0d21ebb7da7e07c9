import { application, chart } from './__testUtils__/chart';
import { Harness } from './__testUtils__/Harness';
import { settled, summary } from './__testUtils__/Watch';
import { asArray, asObject, at, type Obj } from './json';

const IMAGE = 'registry.example.com/shop/api';
const UPDATER = 'argocd-image-updater.argoproj.io';

describe('sources of every kind', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await Harness.start();
  });

  afterEach(async () => {
    await harness.stop();
    harness.assertQuiet();
  });

  it('lets .argocd-source files and spec parameters override the values', async () => {
    const repository = harness.repository('deploy');
    await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: IMAGE, tag: '1.0.0' }),
    );
    await harness.call('POST', '/api/v1/applications', {
      body: application('cart', repository),
    });
    await harness.until('cart', settled('1.0.0'));
    await harness.git.commit('deploy', {
      'apps/api/.argocd-source-cart.yaml':
        'helm:\n  parameters:\n  - name: image.tag\n    value: 1.0.1\n    forcestring: true\n',
    });
    const app = await harness.until('cart', settled('1.0.1'));
    // Such an override doesn't appear in the application's spec and history.
    expect(at(app, 'spec', 'source', 'helm', 'parameters')).toBeUndefined();

    const name = 'mail';
    const parameters = [{ name: 'image.tag', value: '2.0', forceString: true }];
    await harness.call('POST', '/api/v1/applications', {
      body: application(name, repository),
    });
    await harness.until(name, settled('1.0.0'));
    const patched = await harness.call(
      'PATCH',
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
      {
        headers: { 'content-type': 'application/merge-patch+json' },
        body: { spec: { source: { helm: { parameters } } } },
      },
    );
    expect(patched.status).toBe(200);
    const mail = await harness.until(name, settled('2.0'));
    expect(
      at(mail, 'status', 'history', 1, 'source', 'helm', 'parameters'),
    ).toEqual(parameters);
    expect(at(mail, 'status', 'history', 1, 'revision')).toBe(
      at(app, 'status', 'sync', 'revision'),
    );
  });

  it('builds Kustomize overlays', async () => {
    await harness.git.commit('deploy', {
      'web/base/deployment.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: main, image: "registry.example.com:5000/shop/web"}]}\n',
      'web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'web/overlays/dev/kustomization.yaml':
        'resources: [../../base]\nimages:\n- name: registry.example.com:5000/shop/web\n  newTag: 1.0.0\n',
    });
    const repository = harness.repository('deploy');
    await harness.call('POST', '/api/v1/applications', {
      body: application('web', repository, {
        path: 'web/overlays/dev',
        source: { helm: undefined },
      }),
    });
    const app = await harness.until('web', settled('1.0.0'));
    expect(at(app, 'status', 'sourceType')).toBe('Kustomize');
    expect(at(app, 'status', 'resources', 0, 'name')).toBe('web');
    await harness.git.commit('deploy', {
      'web/overlays/dev/.argocd-source-web.yaml':
        'kustomize:\n  images:\n  - registry.example.com:5000/shop/web:1.0.1\n',
    });
    await harness.until('web', settled('1.0.1'));

    await harness.git.commit('deploy', {
      'web/base/kustomization.yaml':
        'resources: [deployment.yaml]\nnamePrefix: dev-\n',
    });
    const refused = await harness.until(
      'web',
      current => at(current, 'status', 'sync', 'status') === 'Unknown',
    );
    expect(at(refused, 'status', 'conditions', 0, 'message')).toContain(
      "the sandbox doesn't support the field namePrefix",
    );
  });

  it('reads a chart and its values from two repositories', async () => {
    const files = chart('orders', { repository: 'x', tag: 'x' });
    const first = await harness.git.commit(
      'charts',
      files,
      'orders chart',
      'Chris Chart <chris@example.com>',
    );
    const second = await harness.git.commit('deploy', {
      'values/orders.yaml': `image: {repository: ${IMAGE}, tag: "1.0.0"}\n`,
    });
    const sources = [
      {
        repoURL: harness.repository('charts'),
        path: 'orders',
        targetRevision: 'main',
        helm: { valueFiles: ['$values/values/orders.yaml'] },
      },
      {
        repoURL: harness.repository('deploy'),
        targetRevision: 'main',
        ref: 'values',
      },
    ];
    await harness.call('POST', '/api/v1/applications', {
      body: application('orders', '', { spec: { source: undefined, sources } }),
    });
    const app = await harness.until('orders', settled('1.0.0'));
    expect(at(app, 'status', 'sync', 'revisions')).toEqual([first, second]);
    expect(at(app, 'status', 'sync', 'revision')).toBeUndefined();
    expect(at(app, 'status', 'sourceTypes')).toEqual(['Helm', '']);
    expect(at(app, 'status', 'sync', 'comparedTo', 'source')).toEqual({
      repoURL: '',
    });
    expect(at(app, 'status', 'history', 0, 'revisions')).toEqual([
      first,
      second,
    ]);

    const base = '/api/v1/applications/orders/revisions';
    const metadata = await harness.call(
      'GET',
      `${base}/${first}/metadata?sourceIndex=0&versionId=0`,
    );
    expect(metadata.body).toMatchObject({
      author: 'Chris Chart <chris@example.com>',
      message: 'orders chart',
    });
    const swapped = await harness.call(
      'GET',
      `${base}/${second}/metadata?sourceIndex=0&versionId=0`,
    );
    expect(swapped.status).toBe(500);
    expect(at(swapped.body, 'message')).toContain(
      `Failed to checkout revision ${second}`,
    );
    const wrong = await harness.call(
      'GET',
      `${base}/${second}/metadata?sourceIndex=7`,
    );
    expect(at(wrong.body, 'message')).toBe(
      'error getting app source by source index and version ID: source index 7 not found because there are only 2 sources',
    );
    await harness.git.commit('deploy', {
      'values/orders.yaml': `image: {repository: ${IMAGE}, tag: "1.0.1"}\n`,
    });
    await harness.until('orders', settled('1.0.1'));
  });

  it('applies an app-of-apps: children, updater resources, pruning with the finalizer', async () => {
    const repository = harness.repository('deploy');
    const child = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      ...application('api-dev', repository),
    };
    const cr = {
      apiVersion: `${UPDATER}/v1alpha1`,
      kind: 'ImageUpdater',
      metadata: { name: 'api-dev', namespace: 'argocd' },
      spec: {
        applicationRefs: [
          {
            namePattern: 'api-dev',
            images: [
              {
                alias: 'app',
                imageName: IMAGE,
                commonUpdateSettings: { allowTags: 'any' },
              },
            ],
          },
        ],
      },
    };
    await harness.git.commit('deploy', {
      ...chart('apps/api', { repository: IMAGE, tag: '1.0.0' }),
      'argocd/api/api-dev.yaml': JSON.stringify(child),
      'argocd/api/api-dev-image-updater.yaml': JSON.stringify(cr),
    });
    await harness.call('POST', '/api/v1/applications', {
      body: application('shop-apps', repository, {
        path: 'argocd',
        source: { helm: undefined, directory: { recurse: true } },
        spec: {
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: 'argocd',
          },
        },
      }),
    });
    await harness.until('api-dev', settled('1.0.0'));
    const parent = await harness.until('shop-apps', app =>
      summary(app).startsWith('idle Succeeded Synced Healthy'),
    );
    expect(
      asArray(at(parent, 'status', 'resources')).map(r => [
        at(r, 'kind'),
        at(r, 'status'),
        at(r, 'health'),
      ]),
    ).toEqual([
      ['ImageUpdater', 'Synced', undefined],
      ['Application', 'Synced', undefined],
    ]);

    // The updater reads its resources and writes their status like in
    // Kubernetes.
    const path = `/apis/${UPDATER}/v1alpha1/namespaces/argocd/imageupdaters`;
    const listed = await harness.call('GET', path);
    expect(
      at(
        listed.body,
        'items',
        0,
        'spec',
        'applicationRefs',
        0,
        'images',
        0,
        'commonUpdateSettings',
      ),
    ).toEqual({
      updateStrategy: 'semver',
      forceUpdate: false,
      allowTags: 'any',
    });
    await harness.call('PATCH', `${path}/api-dev/status`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { status: { applicationsMatched: 1 } },
    });
    expect((await harness.call('GET', path, { as: 'backstage' })).status).toBe(
      403,
    );
    const managed = await harness.call(
      'GET',
      '/api/v1/applications/shop-apps/managed-resources',
      { as: 'backstage' },
    );
    const updater = asArray(at(managed.body, 'items')).find(
      item => at(item, 'kind') === 'ImageUpdater',
    );
    expect(JSON.parse(String(at(updater, 'liveState')))).toMatchObject({
      status: { applicationsMatched: 1 },
    });
    const events = await harness.call(
      'GET',
      '/api/v1/applications/api-dev/events',
    );
    expect(asArray(at(events.body, 'items')).map(e => at(e, 'reason'))).toEqual(
      expect.arrayContaining(['OperationStarted', 'OperationCompleted']),
    );

    // An upsert through the API keeps what the app-of-apps has set. It causes
    // drift only until the next sync.
    const upserted = await harness.call(
      'POST',
      '/api/v1/applications?upsert=true',
      {
        body: application('api-dev', repository, {
          metadata: { labels: { other: 'label' } },
        }),
      },
    );
    expect(at(upserted.body, 'metadata', 'labels')).toEqual({
      env: 'dev',
      other: 'label',
    });
    expect(at(upserted.body, 'metadata', 'annotations')).toHaveProperty([
      'argocd.argoproj.io/tracking-id',
    ]);

    await harness.git.commit('deploy', { 'argocd/api/api-dev.yaml': null });
    for (let gone = false; !gone; ) {
      gone =
        (await harness.call('GET', '/api/v1/applications/api-dev?project=shop'))
          .status === 404;
    }
    await harness.until(
      'shop-apps',
      app => asArray(at(app, 'status', 'resources')).length === 1,
    );
  });

  it('goes on after a restart: state kept, a rollout and an operation finished', async () => {
    await harness.stop();
    harness = await Harness.start({
      rolloutSeconds: 3,
      progressDeadlineSeconds: 60,
    });
    const repository = harness.repository('deploy');
    await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: IMAGE, tag: '1.0.0' }),
    );
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', repository),
    });
    await harness.until(
      'api',
      app => at(app, 'status', 'health', 'status') === 'Progressing',
    );
    const token = asObject(
      (
        await harness.call('POST', '/api/v1/session', {
          as: null,
          body: { username: 'admin', password: 'admin-password' },
        })
      ).body,
    ).token;
    const before = await harness.application('api');
    await harness.restart();
    const app = await harness.until('api', settled('1.0.0'));
    expect(at(app, 'metadata', 'uid')).toBe(at(before, 'metadata', 'uid'));
    expect(Number(at(app, 'metadata', 'resourceVersion'))).toBeGreaterThan(
      Number(at(before, 'metadata', 'resourceVersion')),
    );
    const info = await harness.call('GET', '/api/v1/session/userinfo', {
      as: null,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(info.body).toEqual({
      loggedIn: true,
      username: 'admin',
      iss: 'argocd',
    });

    // An operation that the stopped process left Running is repeated.
    await harness.git.commit(
      'deploy',
      chart(
        'apps/api',
        { repository: IMAGE, tag: '1.0.1' },
        {
          'templates/pre.yaml':
            'apiVersion: batch/v1\nkind: Job\nmetadata: {name: pre, annotations: {argocd.argoproj.io/hook: PreSync}}\nspec: {template: {spec: {containers: [{name: main, image: registry.example.com/m:1}]}}}\n',
        },
      ),
    );
    await harness.until(
      'api',
      a =>
        at(a, 'status', 'operationState', 'message') ===
        'waiting for completion of hook batch/Job/pre',
    );
    await harness.restart();
    await harness.until(
      'api',
      a =>
        at(a, 'status', 'operationState', 'phase') === 'Succeeded' &&
        asArray(at(a, 'status', 'history')).length === 2,
    );
  });

  it('holds back automated syncs in a deny window, and all of them unless it excepts manual ones', async () => {
    await harness.call('PUT', '/api/v1/projects/default', {
      body: {
        project: {
          metadata: { name: 'default' },
          spec: {
            sourceRepos: ['*'],
            destinations: [{ server: '*', namespace: '*' }],
            syncWindows: [
              {
                kind: 'deny',
                schedule: '* * * * *',
                duration: '1h',
                applications: ['*'],
                manualSync: true,
              },
            ],
          },
        },
      },
    });
    await harness.git.commit(
      'deploy',
      chart('apps/api', { repository: IMAGE, tag: '1.0.0' }),
    );
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', harness.repository('deploy'), {
        project: 'default',
      }),
    });
    const app = await harness.until(
      'api',
      a => at(a, 'status', 'sync', 'status') === 'OutOfSync',
    );
    expect(app.operation).toBeUndefined();
    const windows = await harness.call(
      'GET',
      '/api/v1/applications/api/syncwindows',
    );
    expect(windows.body).toMatchObject({
      canSync: true,
      activeWindows: [{ kind: 'deny' }],
    });
    await harness.call('POST', '/api/v1/applications/api/sync', { body: {} });
    await harness.until('api', settled('1.0.0'));
  });

  it('keeps back the next attempt of an operation when a window closes meanwhile, and says so', async () => {
    const project = (syncWindows: object[]) => ({
      project: {
        metadata: { name: 'default' },
        spec: {
          sourceRepos: ['*'],
          destinations: [{ server: '*', namespace: '*' }],
          syncWindows,
        },
      },
    });
    await harness.git.commit(
      'deploy',
      chart(
        'apps/api',
        { repository: IMAGE, tag: '1.0.0' },
        {
          'templates/pre.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: pre
  annotations:
    argocd.argoproj.io/hook: PreSync
    sandbox.landfall.dev/fail: "true"
spec:
  template:
    spec:
      containers: [{name: main, image: ${IMAGE}:1.0.0}]
`,
        },
      ),
    );
    await harness.call('POST', '/api/v1/applications', {
      body: application('api', harness.repository('deploy'), {
        project: 'default',
        retry: { limit: -1, backoff: { duration: '100ms', factor: 1 } },
      }),
    });
    const state = (app: Obj) => asObject(at(app, 'status', 'operationState'));
    await harness.until('api', app => Number(state(app).retryCount) >= 1);

    await harness.call('PUT', '/api/v1/projects/default', {
      body: project([
        {
          kind: 'deny',
          schedule: '* * * * *',
          duration: '1h',
          applications: ['api'],
        },
      ]),
    });
    const blocked = await harness.until(
      'api',
      app => state(app).message === 'Sync operation blocked by sync window',
    );
    expect(state(blocked).phase).toBe('Running');
    const { retryCount } = state(blocked);

    await harness.call('PUT', '/api/v1/projects/default', {
      body: project([]),
    });
    await harness.until(
      'api',
      app => Number(state(app).retryCount) > Number(retryCount),
    );
  });
});
