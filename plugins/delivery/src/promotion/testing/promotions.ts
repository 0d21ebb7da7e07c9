import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';

/** A promotion that went live, in four reported steps, for tests. @internal */
export function promotionOf(
  overrides: Partial<PromotionItem> = {},
): PromotionItem {
  const tag = overrides.version?.tag ?? '1.4.3';
  return {
    id: `main/argocd/api-dev|127.0.0.1:5000/shop/api|${tag}|1`,
    application: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    repository: '127.0.0.1:5000/shop/api',
    version: { tag },
    previous: { tag: '1.4.2' },
    environment: 'dev',
    stages: {
      pushed: { at: '2026-05-04T12:01:00.000Z', basis: 'reported' },
      committed: { at: '2026-05-04T12:01:40.000Z', basis: 'reported' },
      synced: { at: '2026-05-04T12:03:40.000Z', basis: 'reported' },
      healthy: { at: '2026-05-04T12:04:00.000Z', basis: 'observed' },
    },
    outcome: 'live',
    outcomeAt: { at: '2026-05-04T12:04:00.000Z', basis: 'observed' },
    commit: {
      repoUrl: 'https://git.example.com/shop/deploy.git',
      revision: '0123456789abcdef0123456789abcdef01234567',
      author: 'argocd-image-updater <noreply@argoproj.io>',
      message:
        "build: automatic update of api-dev\n\nupdates image shop/api tag '1.4.2' to '1.4.3'\n",
      exact: true,
    },
    sync: {
      historyId: 3,
      revisions: ['0123456789abcdef0123456789abcdef01234567'],
      startedAt: '2026-05-04T12:03:38.000Z',
      finishedAt: '2026-05-04T12:03:40.000Z',
      initiatedBy: { automated: true },
      message: 'successfully synced (all tasks run)',
    },
    links: {
      argocd: 'https://argocd.example.com/applications/argocd/api-dev',
      commit: 'https://git.example.com/shop/deploy/commit/0123456789',
      image: 'https://console.example.com/ecr/shop/api',
    },
    ...overrides,
  };
}

/** One that waits for its pods, for tests. @internal */
export function rollingOut(
  overrides: Partial<PromotionItem> = {},
): PromotionItem {
  const { outcome: _, outcomeAt: __, ...promotion } = promotionOf();
  const { healthy: ___, ...stages } = promotion.stages;
  return { ...promotion, stages, ...overrides };
}
