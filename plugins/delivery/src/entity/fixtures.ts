import type {
  Deployment,
  DeploymentsResponse,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

/** A healthy and synced application that runs 1.0.0, for tests. @internal */
export function deploymentOf(
  name: string,
  changes: Partial<Deployment> = {},
): Deployment {
  return {
    application: { instance: 'main', namespace: 'argocd', name },
    key: `key-of-${name}`,
    project: 'shop',
    destination: { namespace: 'shop-dev' },
    health: { status: 'Healthy' },
    sync: { status: 'Synced', revisions: ['1f2e3d4'], outOfSync: 0 },
    images: [{ repository: REPOSITORY, running: [{ tag: '1.0.0' }] }],
    deployedAt: '2026-03-01T12:00:00Z',
    deployedBy: 'argocd-image-updater <noreply@argoproj.io>',
    automatedSync: true,
    conditions: [],
    unwell: [],
    links: {
      argocd: `https://argocd.example.com/applications/argocd/${name}`,
      commit: 'https://git.example.com/shop/deploy/commit/1f2e3d4',
      external: [],
    },
    ...changes,
  };
}

/** A rollout from 1.0.0 to 1.0.1, for tests. @internal */
export function rollingOut(name: string): Deployment {
  return deploymentOf(name, {
    health: { status: 'Progressing', since: '2026-03-01T12:03:00Z' },
    images: [
      {
        repository: REPOSITORY,
        running: [{ tag: '1.0.0' }, { tag: '1.0.1' }],
      },
    ],
    promotion: promotionOf(name),
  });
}

/** @internal */
export function promotionOf(name: string): Promotion {
  return {
    id: `promotion-of-${name}`,
    application: { instance: 'main', namespace: 'argocd', name },
    repository: REPOSITORY,
    version: { tag: '1.0.1' },
    previous: { tag: '1.0.0' },
    stages: {
      pushed: { at: '2026-03-01T12:01:00Z', basis: 'reported' },
      committed: { at: '2026-03-01T12:02:00Z', basis: 'reported' },
      synced: { at: '2026-03-01T12:03:00Z', basis: 'reported' },
    },
  };
}

/** @internal */
export function responseOf(
  environments: Record<string, Deployment[]>,
  changes: Partial<DeploymentsResponse> = {},
): DeploymentsResponse {
  return {
    environments: Object.entries(environments).map(
      ([environment, deployments]) => ({ environment, deployments }),
    ),
    instances: [
      {
        name: 'main',
        state: 'live',
        since: '2026-03-01T11:00:00Z',
        lastHeardAt: '2026-03-01T12:03:00Z',
        applications: 3,
      },
    ],
    problems: [],
    locator: { annotations: { 'argocd/app-name': 'api' } },
    ...changes,
  };
}
