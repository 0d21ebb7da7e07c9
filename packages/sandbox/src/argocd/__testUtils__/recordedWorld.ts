import { application, chart } from './chart';
import { Harness } from './Harness';
import { settled } from './Watch';
import { asArray, at } from '../json';

const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const AUTOMATED = [
  'api-dev',
  'cart',
  'catalog',
  'edge',
  'fragile',
  'nightly',
  'rapid',
];
const MANUAL = ['billing', 'checkout', 'ghost'];

const plain = (name: string) => ({
  [`plain/${name}/app.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {a: b}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${REGISTRY}/shop/${name}:1.0.0"}]}
`,
});

const hook = (name: string, phase: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, annotations: {argocd.argoproj.io/hook: ${phase}}}
spec: {template: {spec: {containers: [{name: main, image: "${REGISTRY}/shop/migrate:1.0.0"}]}}}
`;

const retry = {
  limit: 2,
  backoff: { duration: '3s', factor: 2, maxDuration: '30s' },
};

/** Maps the commits in the recordings to the commits created here. */
export type Commits = Record<string, string>;

/**
 * Creates the applications that the recordings were made with, as far as the
 * exchanges depend on them.
 */
export async function recordedWorld(harness: Harness): Promise<Commits> {
  const charts = [...AUTOMATED, ...MANUAL, 'mail'];
  const files = Object.assign(
    {},
    ...charts.map(name =>
      chart(`apps/${name === 'api-dev' ? 'api' : name}`, {
        repository: `${REGISTRY}/shop/${name}`,
        tag: '1.0.0',
      }),
    ),
    chart(
      'apps/hooked',
      { repository: `${REGISTRY}/shop/hooked`, tag: '1.0.0' },
      {
        'templates/pre.yaml': hook('hooked-presync', 'PreSync'),
        'templates/post.yaml': hook('hooked-postsync', 'PostSync'),
      },
    ),
    ...['history', 'rolledback', 'platform', 'reports', 'invalid'].map(plain),
    {
      'values/orders/values-dev.yaml': `image: {repository: ${REGISTRY}/shop/orders, tag: "1.0.0"}\n`,
    },
  );
  const first = await harness.git.commit('deploy', files, 'first');
  const updater = 'argocd-image-updater <noreply@argoproj.io>';
  const second = await harness.git.commit(
    'deploy',
    {},
    "build: automatic update of api-dev\n\nupdates image shop/api tag '1.0.1' to '1.0.2'",
    updater,
  );
  const head = await harness.git.commit(
    'deploy',
    {},
    "build: automatic update of orders\n\nupdates image shop/orders tag '1.0.0' to '1.0.1'",
    updater,
  );
  const orders = await harness.git.commit(
    'charts',
    chart('orders', { repository: 'x', tag: 'x' }),
    'orders chart 0.1.0',
    'Chris Chart <chris@example.com>',
  );

  const repository = harness.repository('deploy');
  const create = async (body: unknown) => {
    const answer = await harness.call(
      'POST',
      '/api/v1/applications?validate=false',
      { body },
    );
    if (answer.status !== 200) {
      throw new Error(answer.text);
    }
  };
  const directory = { source: { helm: undefined } };
  for (const name of AUTOMATED) {
    const labels = {
      env: 'dev',
      team: 'shop',
      ...(name === 'api-dev' ? { tier: 'backend' } : {}),
    };
    await create(
      application(name, repository, {
        path: `apps/${name === 'api-dev' ? 'api' : name}`,
        metadata: { labels },
        retry,
      }),
    );
  }
  for (const name of [...MANUAL, 'hooked']) {
    await create(
      application(name, repository, { path: `apps/${name}`, automated: false }),
    );
  }
  await create(application('mail', repository, { path: 'apps/mail', retry }));
  await create(
    application('badpath', repository, { path: 'apps/does-not-exist' }),
  );
  for (const name of ['history', 'rolledback', 'invalid']) {
    await create(
      application(name, repository, {
        path: `plain/${name}`,
        automated: false,
        ...directory,
      }),
    );
  }
  await create(
    application('platform-tool', repository, {
      path: 'plain/platform',
      project: 'default',
      metadata: { labels: { env: 'prod' } },
      retry,
      ...directory,
    }),
  );
  await create(
    application('reports', repository, {
      path: 'plain/reports',
      project: 'team-a',
      metadata: { namespace: 'team-a', labels: { env: 'team-a' } },
      retry,
      ...directory,
    }),
  );
  const sources = [
    {
      repoURL: harness.repository('charts'),
      path: 'orders',
      targetRevision: 'main',
      helm: {
        releaseName: 'orders',
        valueFiles: ['$values/values/orders/values-dev.yaml'],
      },
    },
    { repoURL: repository, targetRevision: 'main', ref: 'values' },
  ];
  await create(
    application('orders', '', { retry, spec: { source: undefined, sources } }),
  );
  await Promise.all(
    [...AUTOMATED, 'mail', 'platform-tool', 'orders'].map(name =>
      harness.until(name, settled(name === 'x' ? '' : '1.0.0')),
    ),
  );
  await harness.until('reports?appNamespace=team-a', settled('1.0.0'));

  const sync = async (name: string, times: number) => {
    for (let i = 0; i < times; i++) {
      await harness.call('POST', `/api/v1/applications/${name}/sync`, {
        as: 'backstage',
        body: { prune: true },
      });
      await harness.until(
        name,
        app =>
          !app.operation &&
          asArray(at(app, 'status', 'history')).some(
            entry => at(entry, 'id') === i,
          ),
      );
    }
  };
  await Promise.all([
    sync('history', 14),
    sync('rolledback', 3),
    sync('billing', 1),
    sync('checkout', 1),
    sync('hooked', 1),
  ]);
  await Promise.all(
    ['history', 'rolledback', 'billing', 'checkout', 'hooked'].map(name =>
      harness.until(
        name,
        app => at(app, 'status', 'health', 'status') === 'Healthy',
      ),
    ),
  );
  // Automated sync is configured, but disabled.
  await harness.call('PATCH', '/api/v1/applications/mail', {
    body: {
      name: 'mail',
      patchType: 'merge',
      patch: '{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}',
    },
  });
  return {
    c57a1d5e15d1d8f7ce1b407140f677b75051ef14: head,
    '0951849d68f829016b2ff00f162830600920c7ff': second,
    d32a0714e2af32cb296fa5082d87d51ae34edb2c: first,
    '0b5b86b0ee5a9affc55589f8b1e30d334abaf895': orders,
  };
}
