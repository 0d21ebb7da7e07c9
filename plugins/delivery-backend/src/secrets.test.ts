import {
  coreServices,
  createServiceFactory,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { readRecordingText } from '@landfall/testing-kit';
import type { PromotionsResponse } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { PortalSystems, startPortal } from './__testUtils__/portal';
import { type RawApplication, readPromotion } from './__testUtils__/recordings';
import { waitFor } from '@landfall/testing-kit';
import { spec } from './schema/openapi/generated/router';
import { isPostgres } from './store/isPostgres';

// Each test starts a whole backend.
jest.setTimeout(60_000);

/** In every planted secret, so that one search finds all; a suffix names the place. */
const MARK = 'pLaNtEd';
const secret = (place: string) => `${MARK}${place}`;
const url = (place: string) =>
  `https://user:${secret(place)}@git.example.com/shop/deploy.git?t=${secret(
    `${place}Query`,
  )}`;
/** As Argo CD quotes a repository in a message. */
const quoting = (place: string) =>
  `failed to fetch "https://${secret(
    place,
  )}@git.example.com/shop/deploy.git": authentication required`;

const ARGOCD_TOKEN = secret('ArgoCdToken');
const NOTIFICATIONS_TOKEN = secret('NotificationsToken');
const ECR_TOKEN = secret('EcrEventsToken');
const UPDATER = 'argocd-image-updater.argoproj.io';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'api',
    annotations: {
      'argocd/app-name': 'api-dev',
      'example.com/token': secret('EntityAnnotation'),
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
};

/** A recorded application with a secret wherever one may be that must stay hidden. */
function planted(recorded: RawApplication): RawApplication {
  const application = JSON.parse(JSON.stringify(recorded));
  const { metadata, spec: desired, status } = application;
  const helm = (place: string) => ({
    parameters: [
      { name: 'db.password', value: secret(`${place}Parameter`) },
      { name: 'image.pullPassword', value: secret(`${place}ImageParameter`) },
    ],
    values: `password: ${secret(`${place}Values`)}`,
    valuesObject: { password: secret(`${place}ValuesObject`) },
    fileParameters: [{ name: 'f', path: secret(`${place}File`) }],
  });
  const plant = (source: { helm?: object }, place: string) =>
    Object.assign(source, {
      repoURL: url(place),
      helm: { ...source.helm, ...helm(place) },
      plugin: {
        name: 'p',
        env: [{ name: 'TOKEN', value: secret(`${place}Env`) }],
        parameters: [{ name: 'x', string: secret(`${place}Plugin`) }],
      },
      kustomize: {
        images: [`${secret(`${place}Kustomize`)} not an image`],
        patches: [{ patch: secret(`${place}Patch`) }],
        commonLabels: { x: secret(`${place}CommonLabels`) },
      },
    });
  plant(desired.source, 'Source');
  desired.info = [{ name: 'password', value: secret('Info') }];
  Object.assign(desired.destination, {
    server: `https://admin:${secret('Server')}@kubernetes.default.svc`,
  });
  status.sync.comparedTo = { source: { repoURL: url('ComparedTo') } };
  for (const entry of status.history ?? []) {
    plant(entry.source, 'History');
  }
  status.conditions = [
    { type: 'ComparisonError', message: quoting('Condition') },
  ];
  Object.assign(status.health, { message: quoting('Health') });
  status.summary.externalURLs = [
    `https://user:${secret('External')}@shop.example.com`,
    `Shop|https://${secret('ExternalTitled')}@shop.example.com`,
  ];
  status.resources = [
    ...(status.resources ?? []),
    { group: UPDATER, kind: 'ImageUpdater', name: 'updater', status: 'Synced' },
    {
      kind: 'Service',
      name: 'broken',
      status: 'OutOfSync',
      health: { status: 'Degraded', message: quoting('Resource') },
    },
  ];
  if (status.operationState) {
    const { operationState } = status;
    operationState.message = quoting('Operation');
    operationState.operation.info = [
      { name: 'token', value: secret('OperationInfo') },
    ];
    operationState.operation.sync = {
      ...operationState.operation.sync,
      source: { repoURL: url('OperationSource'), helm: helm('Operation') },
      manifests: [secret('Manifest')],
    };
    if (operationState.syncResult) {
      operationState.syncResult.source = { repoURL: url('SyncResult') };
      for (const resource of operationState.syncResult.resources ?? []) {
        resource.message = quoting('SyncResultResource');
      }
      operationState.syncResult.resources?.push({
        kind: 'Secret',
        name: 's',
        status: 'SyncFailed',
        message: `Invalid value: ${secret('SyncResultSecret')}`,
      });
    }
  }
  metadata.annotations = {
    ...metadata.annotations,
    'kubectl.kubernetes.io/last-applied-configuration': secret('LastApplied'),
    'link.argocd.argoproj.io/x': `https://${secret('Link')}@x.example.com`,
    [`${UPDATER}/git-repository`]: url('AnnotatedRepository').split('?')[0],
    [`${UPDATER}/app.pull-secret`]: secret('PullSecret'),
    [`${UPDATER}/password`]: secret('UpdaterAnnotation'),
  };
  metadata.managedFields = [{ manager: secret('ManagedFields') }];
  metadata.finalizers = [secret('Finalizer')];
  return { ...recorded, ...application };
}

const RESOURCES = [
  {
    apiVersion: `${UPDATER}/v1alpha1`,
    kind: 'ImageUpdater',
    metadata: {
      name: 'updater',
      namespace: 'argocd',
      annotations: { x: secret('UpdaterMetadata') },
    },
    spec: {
      commonUpdateSettings: { pullSecret: secret('UpdaterPullSecret') },
      writeBackConfig: {
        method: 'git',
        gitConfig: { repository: url('UpdaterRepository') },
      },
      applicationRefs: [
        {
          namePattern: 'api-*',
          useAnnotations: true,
          writeBackConfig: {
            method: 'git',
            gitConfig: {
              repository: url('UpdaterRefRepository'),
              pullRequest: { github: { token: secret('PullRequest') } },
            },
          },
        },
      ],
    },
    status: {
      conditions: [
        { type: 'Error', status: 'True', message: quoting('UpdaterError') },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'shop' },
    data: { password: secret('ManagedSecret') },
  },
];

/** Collects what is logged, at all levels. */
function keptLogs() {
  const logged: string[] = [];
  const create = (): LoggerService => {
    const take = (message: string, meta?: unknown) => {
      logged.push(
        message,
        meta instanceof Error ? String(meta.stack) : JSON.stringify(meta) ?? '',
      );
    };
    return { error: take, warn: take, info: take, debug: take, child: create };
  };
  const factory = createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: create,
  });
  return { logged, factory };
}

async function everyTable(knex: Knex): Promise<Record<string, unknown[]>> {
  const names: string[] = isPostgres(knex)
    ? await knex('information_schema.tables')
        .where('table_schema', 'public')
        .pluck('table_name')
    : await knex('sqlite_master').where('type', 'table').pluck('name');
  const tables: Record<string, unknown[]> = {};
  for (const name of names) {
    tables[name] = await knex(name).select();
  }
  return tables;
}

const databases = createTestDatabases();

/** What these endpoints need. */
const QUERIES = [
  ['/diff', '?kind=Secret&name=any'],
  [
    '/image-users',
    '?repository=123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/api',
  ],
] as const;

describe.each(databases.eachSupportedId())('secrets on %s', id => {
  let systems: PortalSystems;
  let argocd: PortalSystems['argocd'];
  let ecr: PortalSystems['ecr'];
  let stop: () => Promise<void>;

  beforeEach(async () => {
    systems = await PortalSystems.start(ARGOCD_TOKEN);
    ({ argocd, ecr } = systems);
    stop = async () => {};
  });

  afterEach(async () => {
    await stop();
    await systems.stop();
  });

  async function start(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    const logs = keptLogs();
    const portal = await startPortal({
      database: databaseFactory(databases, knex),
      entities: [entity],
      argocdUrl: argocd.url,
      secrets: {
        argocd: ARGOCD_TOKEN,
        notifications: NOTIFICATIONS_TOKEN,
        ecr: ECR_TOKEN,
        aws: secret('AwsKey'),
      },
      features: [logs.factory],
    });
    stop = portal.stop;
    return {
      knex,
      server: portal.server,
      published: portal.published,
      logged: logs.logged,
    };
  }

  it('appear in no response, signal, log line or table', async () => {
    const steps = readPromotion('helmvalues');
    const events = steps.flatMap(step =>
      step.kind === 'app-event'
        ? [{ ...step, application: planted(step.application) }]
        : [],
    );
    for (const step of steps) {
      if (step.kind === 'revision-metadata') {
        const [, revision] = step.request.path.split('/revisions/');
        const { author, date, message } = step.response.body;
        argocd.putRevision(revision.split('/')[0], {
          author,
          date,
          message: `${message}\n\nSee https://bot:${secret(
            'CommitMessage',
          )}@git.example.com/x`,
          signatureInfo: secret('Signature'),
        });
      }
    }
    argocd.put(events[0].application);
    argocd.putManaged('api-dev', RESOURCES);
    argocd.putAnswer('api-dev/resource-tree', {
      nodes: [
        {
          kind: 'Pod',
          name: 'api',
          info: [{ name: 'Status Reason', value: quoting('TreeInfo') }],
          health: { status: 'Degraded', message: quoting('TreeHealth') },
        },
      ],
    });
    argocd.putAnswer('api-dev/events', {
      items: [{ reason: 'Failed', message: quoting('Event') }],
    });
    const { knex, server, published, logged } = await start(id);
    await waitFor(() => expect(argocd.streaming).toBe(1));

    for (const step of steps) {
      if (step.kind === 'push') {
        ecr.push(step.repository, step.digest, step.tag, step.at);
        const event = JSON.parse(readRecordingText('ecr/samples/push.json'));
        event.detail['image-digest'] = step.digest;
        event.detail['image-tag'] = step.tag;
        event.detail.token = secret('EventDetail');
        event.token = secret('Event');
        await request(server)
          .post('/api/events/http/aws.ecr')
          .set('x-landfall-token', ECR_TOKEN)
          .send(event)
          .expect(202);
      }
    }
    for (const { type, application } of events.slice(1)) {
      argocd.emit(type, application);
    }
    await request(server)
      .post('/api/delivery/v1/webhooks/argocd/main')
      .set('x-landfall-token', NOTIFICATIONS_TOKEN)
      .send({
        app: 'api-dev',
        namespace: 'argocd',
        token: secret('Notification'),
      })
      .expect(202);
    await request(server)
      .post('/api/delivery/v1/webhooks/argocd/main')
      .set('x-landfall-token', secret('WrongToken'))
      .send({ app: 'api-dev', token: secret('RefusedNotification') })
      .expect(403);

    const api = '/api/delivery';
    await waitFor(async () => {
      const { body } = await request(server).get(
        `${api}/v1/entities/component/default/api/promotions`,
      );
      const { items }: PromotionsResponse = body;
      expect(
        items.find(({ version }) => version.tag === '1.0.1'),
      ).toMatchObject({
        outcome: 'live',
        commit: {
          message: expect.stringContaining('https://git.example.com/x'),
        },
      });
      expect(await knex('image_updaters').pluck('name')).toEqual(['updater']);
      expect(published).not.toEqual([]);
    });

    // First check that the secrets were planted at all, and read.
    const tables = await everyTable(knex);
    expect(JSON.stringify(tables.applications)).toContain(
      'https://git.example.com/shop/deploy.git',
    );
    expect(JSON.stringify(tables.image_updaters)).toContain(
      'https://git.example.com/shop/deploy.git',
    );
    const answers: Record<string, string> = {};
    for (const [path, operations] of Object.entries(spec.paths)) {
      if ('get' in operations) {
        const filled = path
          .replace('{kind}', 'component')
          .replace('{namespace}', 'default')
          .replace('{name}', 'api')
          .replace('{instance}', 'main')
          .replace('{applicationNamespace}', 'argocd')
          .replace('{applicationName}', 'api-dev');
        const [, query = ''] =
          QUERIES.find(([end]) => path.endsWith(end)) ?? [];
        const { text } = await request(server)
          .get(`${api}${filled}${query}`)
          .expect(200);
        answers[path] = text;
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThanOrEqual(4);
    const read = JSON.stringify(answers);
    for (const shown of ['ComparisonError', 'SyncFailed']) {
      expect(read).toContain(shown);
    }
    expect(logged.length).toBeGreaterThan(10);

    // Backstage's own event bus logs each event as it was posted, at debug level;
    // the header with the token was removed from it before.
    const [bus, ours] = [true, false].map(isBus =>
      logged.filter(line => line.startsWith('Event received:') === isBus),
    );
    expect(bus.join()).not.toContain(ECR_TOKEN);
    const found = Object.entries({
      tables,
      answers,
      published,
      ours,
    }).flatMap(([where, what]) =>
      [...JSON.stringify(what).matchAll(new RegExp(`${MARK}(\\w+)`, 'g'))].map(
        ([, place]) => `${place} in ${where}`,
      ),
    );
    expect([...new Set(found)]).toEqual([]);
  });
});
