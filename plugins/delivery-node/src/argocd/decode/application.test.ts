import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { readRecordingJson } from '@landfall/testing-kit';
import { argoCdRecording } from '../../__testUtils__/recordings';
import { decodeApplication } from './application';

function decode(raw: unknown): Application {
  const decoded = decodeApplication('main', raw);
  if (!decoded.ok) {
    throw decoded.error;
  }
  return decoded.application;
}

function recorded(file: string): Application {
  return decode(argoCdRecording(file).response?.body);
}

const promotionSchema = z.object({
  steps: z.array(
    z.object({ kind: z.string(), application: z.unknown().optional() }),
  ),
});

describe('decodeApplication', () => {
  it('decodes a Helm application with hooks', () => {
    expect(recorded('02-get-hooked.json')).toEqual({
      ref: { instance: 'main', namespace: 'argocd', name: 'hooked' },
      uid: '79a90b7e-d316-4572-a6cf-e0c4f6b5dcb4',
      resourceVersion: '2502',
      project: 'shop',
      createdAt: '2026-11-23T03:43:45.000Z',
      labels: { env: 'dev', team: 'shop' },
      annotations: {},
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'dev',
      },
      sources: [
        {
          repoUrl: 'http://127.0.0.1:3300/deploy.git',
          path: 'apps/hooked',
          targetRevision: 'main',
          tool: 'Helm',
          valueFiles: ['values.yaml', 'values-dev.yaml'],
        },
      ],
      sourceTypes: ['Helm'],
      automatedSync: false,
      sync: {
        status: 'Synced',
        revisions: ['a3ecffbbe03b9b8d9df6fec7140eea4b3dde8237'],
      },
      health: {
        status: 'Healthy',
        lastTransitionTime: '2026-11-23T03:46:04.000Z',
      },
      images: [
        '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/hooked:1.0.0',
        '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/migrate:1.0.0',
      ],
      externalUrls: ['https://hooked.dev.example.com'],
      history: [
        {
          id: 0,
          revisions: ['d32a0714e2af32cb296fa5082d87d51ae34edb2c'],
          sources: [
            {
              repoUrl: 'http://127.0.0.1:3300/deploy.git',
              path: 'apps/hooked',
              targetRevision: 'main',
            },
          ],
          deployStartedAt: '2026-11-23T03:45:54.000Z',
          deployedAt: '2026-11-23T03:46:10.000Z',
          initiatedBy: { username: 'backstage', automated: false },
        },
      ],
      operation: {
        phase: 'Succeeded',
        message: 'successfully synced (no more tasks)',
        startedAt: '2026-11-23T03:45:54.000Z',
        finishedAt: '2026-11-23T03:46:10.000Z',
        initiatedBy: { username: 'backstage', automated: false },
        dryRun: false,
        partial: false,
        revisions: ['d32a0714e2af32cb296fa5082d87d51ae34edb2c'],
        images: [
          '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/hooked:1.0.0',
          '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/migrate:1.0.0',
        ],
        hookImages: [
          '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/migrate:1.0.0',
        ],
      },
      conditions: [],
      resources: { total: 4, outOfSync: 0, unwell: [] },
      reconciledAt: '2026-11-23T03:46:53.000Z',
    });
  });

  it('reads the sources of a multi-source application, not the empty source beside them', () => {
    const { sources, sync, history } = recorded('02-get-orders.json');
    expect(sources).toEqual([
      {
        repoUrl: 'http://127.0.0.1:3300/charts.git',
        path: 'orders',
        targetRevision: 'main',
        tool: 'Helm',
        valueFiles: ['$values/values/orders/values-dev.yaml'],
      },
      {
        repoUrl: 'http://127.0.0.1:3300/deploy.git',
        targetRevision: 'main',
        ref: 'values',
      },
    ]);
    expect(sync.revisions).toEqual([
      '0b5b86b0ee5a9affc55589f8b1e30d334abaf895',
      'a3ecffbbe03b9b8d9df6fec7140eea4b3dde8237',
    ]);
    expect(history[0]).toMatchObject({
      sources: [{ path: 'orders' }, { targetRevision: 'main' }],
      revisions: [
        '0b5b86b0ee5a9affc55589f8b1e30d334abaf895',
        'd32a0714e2af32cb296fa5082d87d51ae34edb2c',
      ],
      initiatedBy: { automated: true },
    });
  });

  it('keeps the annotations of the Image Updater, and none of kubectl', () => {
    const list = argoCdRecording('02-list-name.json').response?.body;
    const { items } = z.object({ items: z.array(z.unknown()) }).parse(list);
    const names = Object.keys(decode(items[0]).annotations);
    expect(names).toContain('argocd-image-updater.argoproj.io/image-list');
    expect(names.join()).not.toContain('kubectl');
  });

  it('keeps the labels and annotations that link it to an entity', () => {
    const list = argoCdRecording('02-list-name.json').response?.body;
    const [item] = z
      .object({
        items: z.array(z.looseObject({ metadata: z.looseObject({}) })),
      })
      .parse(list).items;
    const marked = decode({
      ...item,
      metadata: {
        ...item.metadata,
        annotations: {
          'landfall.io/entity-ref': 'component:default/api',
          'example.com/secret': 'x',
        },
        labels: { 'landfall.io/entity-ref': 'component.default.api' },
      },
    });
    expect(marked.annotations).toEqual({
      'landfall.io/entity-ref': 'component:default/api',
    });
    expect(marked.labels).toEqual({
      'landfall.io/entity-ref': 'component.default.api',
    });
  });

  it('distinguishes a self-heal from a full sync', () => {
    const { steps } = promotionSchema.parse(
      readRecordingJson('promotions/self-heal.json'),
    );
    const operations = steps
      .filter(({ kind }) => kind === 'app-event')
      .map(({ application }) => decode(application).operation);
    expect(operations.map(one => one && [one.phase, one.partial])).toEqual([
      ['Succeeded', true],
      undefined,
      undefined,
      ['Running', true],
      ['Succeeded', true],
      ['Succeeded', true],
      ['Succeeded', true],
      ['Succeeded', true],
    ]);
  });

  it.each([
    ['05-sync-resources-state-after.json', { partial: true, dryRun: false }],
    ['05-sync-dryrun-state-after.json', { partial: false, dryRun: true }],
    ['05-get-while-running.json', { phase: 'Running' }],
    ['05-get-while-terminating.json', { phase: 'Terminating' }],
  ])('%s', (file, operation) => {
    expect(recorded(file).operation).toMatchObject(operation);
  });

  it('keeps parameter overrides that no commit contains', () => {
    const { steps } = promotionSchema.parse(
      readRecordingJson('promotions/argocd-method.json'),
    );
    const parameters = steps
      .filter(({ kind }) => kind === 'app-event')
      .map(({ application }) => decode(application).sources[0].helmParameters);
    expect(parameters.at(-1)).toEqual([
      expect.objectContaining({ name: 'image.repository' }),
      { name: 'image.tag', value: '1.0.1' },
    ]);
  });

  it('recognizes an application that is being deleted', () => {
    expect(recorded('05-delete-cascade-get-during.json').deletedAt).toBe(
      '2026-11-23T04:05:42.000Z',
    );
    expect(recorded('02-get-hooked.json').deletedAt).toBeUndefined();
  });

  it('decodes an application that was only just created', () => {
    expect(recorded('05-create-ok.json')).toMatchObject({
      sync: { status: 'Unknown', revisions: [] },
      health: { status: 'Unknown' },
      images: [],
      history: [],
      operation: undefined,
      resources: { total: 0, outOfSync: 0, unwell: [] },
    });
  });

  it('keeps conditions and unhealthy resources, the worst first', () => {
    const application = decode({
      metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
      spec: { project: 'shop' },
      status: {
        conditions: [{ type: 'ComparisonError', message: 'no such path' }],
        resources: [
          { kind: 'Service', name: 'fine', status: 'Synced' },
          { kind: 'Service', name: 'moved', status: 'OutOfSync' },
          {
            kind: 'Job',
            name: 'hook',
            hook: true,
            health: { status: 'Degraded', message: 'failed' },
          },
        ],
      },
    });
    expect(application.conditions).toMatchObject([
      { type: 'ComparisonError', message: 'no such path' },
    ]);
    expect(application.resources).toMatchObject({
      total: 3,
      outOfSync: 1,
      unwell: [{ name: 'hook' }, { name: 'moved', syncStatus: 'OutOfSync' }],
    });
  });

  it.each([
    [
      'Kustomize',
      { source: { repoURL: 'r', kustomize: { images: ['a:1'] } } },
      [{ repoUrl: 'r', tool: 'Kustomize', kustomizeImages: ['a:1'] }],
    ],
    [
      'a chart',
      { source: { repoURL: 'r', chart: 'c', targetRevision: '1.2.3' } },
      [{ repoUrl: 'r', chart: 'c', targetRevision: '1.2.3' }],
    ],
    [
      'a directory',
      { source: { repoURL: 'r', path: 'p', directory: { recurse: true } } },
      [{ repoUrl: 'r', path: 'p' }],
    ],
    [
      'hydrated manifests',
      {
        source: { repoURL: '' },
        sourceHydrator: {
          drySource: { repoURL: 'r', path: 'dry', targetRevision: 'main' },
          syncSource: { targetBranch: 'env/dev', path: 'out' },
        },
      },
      [{ repoUrl: 'r', path: 'out', targetRevision: 'env/dev' }],
    ],
    [
      'Helm with parameters',
      {
        source: {
          repoURL: 'r',
          path: 'p',
          helm: {
            releaseName: 'api',
            valueFiles: ['values.yaml', 'https://u:p@h/values.yaml'],
            parameters: [
              { name: 'image.tag', value: '1.0.1', forceString: true },
              { name: 'empty' },
            ],
          },
        },
      },
      [
        {
          repoUrl: 'r',
          path: 'p',
          tool: 'Helm',
          helmParameters: [{ name: 'image.tag', value: '1.0.1' }],
          valueFiles: ['values.yaml'],
        },
      ],
    ],
    [
      'several, one by its ref alone',
      {
        source: { repoURL: '' },
        sources: [
          {
            repoURL: 'charts',
            chart: 'c',
            targetRevision: '1.2.3',
            helm: { valueFiles: ['$values/dev.yaml'] },
          },
          { repoURL: 'config', ref: 'values', targetRevision: 'main' },
        ],
      },
      [
        {
          repoUrl: 'charts',
          chart: 'c',
          targetRevision: '1.2.3',
          tool: 'Helm',
          valueFiles: ['$values/dev.yaml'],
        },
        { repoUrl: 'config', ref: 'values', targetRevision: 'main' },
      ],
    ],
    [
      'empty sections, which select the tool',
      {
        sources: [
          { repoURL: 'a', helm: {} },
          { repoURL: 'b', kustomize: {} },
          { repoURL: 'c', plugin: {} },
        ],
      },
      [
        { repoUrl: 'a', tool: 'Helm' },
        { repoUrl: 'b', tool: 'Kustomize' },
        { repoUrl: 'c', tool: 'Plugin' },
      ],
    ],
    ['nothing', { source: null, sources: null }, []],
  ])('decodes the source of %s', (_, spec, sources) => {
    expect(
      decode({
        metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
        spec: { project: 'shop', ...spec },
      }).sources,
    ).toEqual(sources);
  });

  it.each([
    [{ sourceType: 'Kustomize' }, ['Kustomize']],
    [{ sourceTypes: ['Helm', 'Directory'] }, ['Helm', 'Directory']],
    [{ sourceType: '', sourceTypes: null }, undefined],
    [undefined, undefined],
  ])('decodes the types of the sources in %j', (status, types) => {
    expect(
      decode({
        metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
        spec: { source: { repoURL: 'r', path: 'p' } },
        status,
      }).sourceTypes,
    ).toEqual(types);
  });

  it('decodes where people write manifests that are hydrated, also beside several sources', () => {
    const { sources, drySource } = decode({
      metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
      spec: {
        sources: [{ repoURL: 'x' }, { repoURL: 'y' }],
        sourceHydrator: {
          drySource: {
            repoURL: 'r',
            path: 'dry',
            targetRevision: 'main',
            kustomize: {},
          },
          syncSource: { targetBranch: 'env/dev', path: 'out' },
        },
      },
    });
    expect(drySource).toEqual({
      repoUrl: 'r',
      path: 'dry',
      targetRevision: 'main',
      tool: 'Kustomize',
    });
    expect(sources).toEqual([
      { repoUrl: 'r', path: 'out', targetRevision: 'env/dev' },
    ]);
  });

  it.each([
    ['hydrated', 'h1', { drySHA: 'd1', hydratedSHA: 'h1' }, 'd1'],
    [
      'hydrated again since',
      'h1',
      { drySHA: 'd2', hydratedSHA: 'h2' },
      undefined,
    ],
    ['not hydrated yet', 'h1', null, undefined],
    ['hydrated, and not compared yet', '', { drySHA: 'd1' }, undefined],
  ])(
    'reads the dry revision of manifests that are %s',
    (_, revision, lastSuccessfulOperation, dryRevision) => {
      const application = decode({
        metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
        spec: { project: 'shop' },
        status: {
          sync: { status: 'Synced', revision },
          sourceHydrator: {
            lastSuccessfulOperation,
            currentOperation: { phase: 'Hydrating', drySHA: 'd3' },
          },
        },
      });
      expect(application.dryRevision).toBe(dryRevision);
    },
  );

  it.each([
    [undefined, false],
    [{ automated: null }, false],
    [{ automated: {} }, true],
    [{ automated: { enabled: false } }, false],
    [{ automated: { enabled: true } }, true],
  ])('reads the sync policy %j as automated: %s', (syncPolicy, automated) => {
    const { automatedSync } = decode({
      metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
      spec: { project: 'shop', syncPolicy },
    });
    expect(automatedSync).toBe(automated);
  });

  it('ignores unknown fields and nulls', () => {
    expect(
      decode({
        metadata: {
          name: 'a',
          namespace: 'argocd',
          uid: 'u',
          labels: null,
          annotations: null,
          deletionTimestamp: null,
        },
        spec: { project: '', destination: null, future: { a: 1 } },
        status: {
          sync: { status: 'Diverged', revision: null },
          health: { status: 'Paused' },
          history: null,
          operationState: {
            phase: 'Waiting',
            startedAt: '2026-01-01T00:00:00Z',
          },
          resources: null,
          summary: { images: null },
        },
      }),
    ).toMatchObject({
      project: 'default',
      sync: { status: 'Unknown', revisions: [] },
      health: { status: 'Unknown' },
      operation: undefined,
    });
  });

  it('reports the application that has a field of the wrong type', () => {
    const decoded = decodeApplication('main', {
      metadata: { name: 'a', namespace: 'argocd', uid: 'u' },
      spec: { project: 'shop' },
      status: { summary: { images: 'one' } },
    });
    expect(decoded).toMatchObject({
      ok: false,
      ref: { instance: 'main', namespace: 'argocd', name: 'a' },
    });
    expect(!decoded.ok && decoded.error).toMatchObject({
      name: 'UndecodableApplicationError',
      instance: 'main',
      fields: ['status.summary.images'],
    });
    expect(!decoded.ok && decoded.error.message).toMatch(
      /application argocd\/a of Argo CD 'main' can't be read.*images/s,
    );
  });
});
