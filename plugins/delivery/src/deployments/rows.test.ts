import {
  deploymentOf,
  promotionOf,
  responseOf,
  rollingOut,
} from '../../dev/fixtures/deployments';
import { summarize, toRows } from './rows';

function rowOf(deployment: ReturnType<typeof deploymentOf>) {
  const [row] = toRows(responseOf({ dev: [deployment] }))[0].applications;
  return row;
}

describe('toRows', () => {
  it('keeps the order of environments and puts the worst application first', () => {
    const rows = toRows(
      responseOf({
        prod: [
          deploymentOf('a'),
          deploymentOf('b', { health: { status: 'Degraded' } }),
          deploymentOf('c', {
            sync: { status: 'OutOfSync', revisions: [], outOfSync: 1 },
          }),
          rollingOut('d'),
        ],
        dev: [deploymentOf('e')],
      }),
    );
    expect(rows.map(row => row.environment)).toEqual(['prod', 'dev']);
    expect(rows[0].applications.map(row => row.name)).toEqual([
      'b',
      'd',
      'c',
      'a',
    ]);
  });

  it.each([
    ['synced', {}, { state: 'synced' }],
    [
      'out of sync',
      { sync: { status: 'OutOfSync' as const, revisions: [], outOfSync: 2 } },
      { state: 'outOfSync', resources: 2 },
    ],
    [
      'a failed operation',
      {
        operation: {
          phase: 'Failed',
          message: 'one or more objects failed to apply',
          startedAt: '2026-03-01T12:00:00Z',
        },
      },
      { state: 'failed', message: 'one or more objects failed to apply' },
    ],
    [
      'a running operation',
      { operation: { phase: 'Running', startedAt: '2026-03-01T12:00:00Z' } },
      { state: 'syncing' },
    ],
    [
      'a finished operation',
      { operation: { phase: 'Succeeded', startedAt: '2026-03-01T12:00:00Z' } },
      { state: 'synced' },
    ],
  ])('derives the sync state: %s', (_case, changes, sync) => {
    expect(rowOf(deploymentOf('api', changes)).sync).toEqual(sync);
  });

  it.each([
    [
      'the message of the application',
      { health: { status: 'Degraded' as const, message: 'no quota' } },
      'no quota',
    ],
    [
      'the first resource that is as unwell',
      {
        health: { status: 'Degraded' as const },
        unwell: [
          { group: '', kind: 'Service', name: 'api' },
          {
            group: 'apps',
            kind: 'Deployment',
            name: 'api',
            health: {
              status: 'Degraded' as const,
              message: 'exceeded its progress deadline',
            },
          },
        ],
      },
      'Deployment api: exceeded its progress deadline',
    ],
    ['nothing when healthy', {}, undefined],
  ])('gives as reason %s', (_case, changes, reason) => {
    expect(rowOf(deploymentOf('api', changes)).health.reason).toBe(reason);
  });

  it.each([
    ['argocd-image-updater <noreply@argoproj.io>', { imageUpdater: true }],
    ['Ada L. <ada@example.com>', { imageUpdater: false, name: 'Ada L.' }],
    ['<ada@example.com>', { imageUpdater: false, name: 'ada@example.com' }],
  ])('shows the author %s', (deployedBy, by) => {
    expect(rowOf(deploymentOf('api', { deployedBy })).by).toEqual(by);
  });

  it('shows the image that moves, and what Git wants apart from what runs', () => {
    const images = [
      { repository: 'registry.example.com/proxy', running: [{ tag: '3' }] },
      {
        repository: 'registry.example.com/shop/api',
        running: [{ tag: '1.0.0' }],
        desired: { tag: '1.0.1' },
      },
    ];
    const row = rowOf(deploymentOf('api', { images }));
    expect(row.image).toEqual({
      repository: 'registry.example.com/shop/api',
      name: 'shop/api',
      running: ['1.0.0'],
      desired: '1.0.1',
    });
    expect(row.otherImages.map(({ name }) => name)).toEqual(['proxy']);
  });

  it('distinguishes applications of one name on two instances', () => {
    const on = (instance: string) =>
      deploymentOf('api', {
        key: `key-on-${instance}`,
        application: { instance, namespace: 'argocd', name: 'api' },
      });
    const namesOf = (...args: Parameters<typeof responseOf>) =>
      toRows(responseOf(...args)).map(({ applications }) =>
        applications.map(({ name }) => name),
      );
    expect(namesOf({ dev: [on('main'), on('edge')] })).toEqual([
      ['api (edge)', 'api (main)'],
    ]);
    expect(namesOf({ dev: [on('main')], prod: [on('edge')] })).toEqual([
      ['api'],
      ['api'],
    ]);
  });

  it('has the versions that a repository no longer has', () => {
    const repository = 'registry.example.com/shop/api';
    const row = rowOf(
      deploymentOf('api', {
        images: [
          {
            repository,
            running: [{ tag: '1.2.2' }, { tag: '1.2.3' }],
            removed: [{ tag: '1.2.2' }],
          },
        ],
      }),
    );
    expect(row.image?.removed).toEqual(['1.2.2']);
  });

  it('shows the image of the service first, whatever its sidecars run', () => {
    const row = rowOf(
      deploymentOf('api', {
        images: [
          {
            repository: 'registry.example.com/shop/api',
            running: [{ tag: '1.0.0' }],
          },
          {
            repository: 'docker.io/datadog/agent',
            running: [{ tag: '7.1' }, { tag: '7.2' }],
          },
        ],
      }),
    );
    expect(row.image?.name).toBe('shop/api');
  });

  it('has a promotion only while it is under way', () => {
    expect(rowOf(rollingOut('api')).promotion).toBeDefined();
    expect(
      rowOf(
        deploymentOf('api', {
          promotion: { ...promotionOf('api'), outcome: 'live' },
        }),
      ).promotion,
    ).toBeUndefined();
  });

  it('follows links to the web only', () => {
    const row = rowOf(
      deploymentOf('api', {
        links: {
          commit: 'data:text/html,commit',
          external: [
            'data:text/html,hello',
            'https://api.example.com/docs',
            'Dashboard|https://grafana.example.com/d/1',
          ],
        },
      }),
    );
    expect(row.commitUrl).toBeUndefined();
    expect(row.links).toEqual([
      {
        kind: 'external',
        url: 'https://api.example.com/docs',
        title: 'api.example.com',
      },
      {
        kind: 'external',
        url: 'https://grafana.example.com/d/1',
        title: 'Dashboard',
      },
    ]);
  });
});

describe('summarize', () => {
  it('takes the worst of each', () => {
    const [{ applications }] = toRows(
      responseOf({
        dev: [
          deploymentOf('a', { health: { status: 'Degraded' } }),
          deploymentOf('b', {
            sync: { status: 'OutOfSync', revisions: [], outOfSync: 4 },
          }),
        ],
      }),
    );
    const [first, second] = applications;
    expect(summarize([first, second])).toEqual({
      health: { status: 'Degraded' },
      sync: { state: 'outOfSync', resources: 4 },
    });
  });
});

describe('who deployed it', () => {
  it.each([
    ['Jo Doe <jo@example.com>', 'Jo Doe'],
    ['Jo Doe', 'Jo Doe'],
    ['<jo@example.com>', 'jo@example.com'],
    [' Jo <x> <jo@example.com> ', 'Jo <x>'],
  ])('of %j is %j', (deployedBy, name) => {
    expect(rowOf(deploymentOf('a', { deployedBy })).by).toMatchObject({ name });
  });

  // Regression test: each bracket and each space used to start a search to the
  // end of the text.
  it.each(['<', ' ', '> '])('is found in a long text of %j', part => {
    const deployedBy = `x${part.repeat(500_000)}y`;
    expect(rowOf(deploymentOf('a', { deployedBy })).by).toMatchObject({
      name: deployedBy,
    });
  });
});
