import type {
  Application,
  ApplicationOperation,
} from '../../model/application';

/** An application that was deployed twice and is in sync. @internal */
export function deployed(changes: Partial<Application> = {}): Application {
  const source = {
    repoUrl: 'https://git.example.com/deploy.git',
    path: 'apps/api',
    targetRevision: 'main',
  };
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    uid: 'u1',
    resourceVersion: '100',
    project: 'shop',
    labels: {},
    annotations: {},
    destination: { server: 'https://kubernetes.default.svc', namespace: 'dev' },
    sources: [source],
    automatedSync: false,
    sync: { status: 'Synced', revisions: ['b'.repeat(40)] },
    health: { status: 'Healthy' },
    images: ['registry/api:1.1.0', 'registry/proxy:2.0.0'],
    externalUrls: [],
    history: [1, 2].map(id => ({
      id,
      revisions: [(id === 1 ? 'a' : 'b').repeat(40)],
      sources: [source],
      deployedAt: `2026-11-23T04:0${id}:00Z`,
    })),
    conditions: [],
    resources: { total: 3, outOfSync: 0, unwell: [] },
    reconciledAt: '2026-11-23T04:10:00Z',
    ...changes,
  };
}

/** An operation that began at 04:20 and runs. @internal */
export function operation(
  changes: Partial<ApplicationOperation> = {},
): ApplicationOperation {
  return {
    phase: 'Running',
    startedAt: '2026-11-23T04:20:00Z',
    dryRun: false,
    partial: false,
    revisions: ['b'.repeat(40)],
    images: [],
    ...changes,
  };
}
