import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  DEFAULT_ACCESS_RULES,
  type Observation,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ApplicationWatchListener,
  type ArgoCdClient,
  type ArgoCdInstances,
  type DefaultArgoCdClient,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { recordMetrics } from '../__testUtils__/metrics';
import { observationsOf } from '../__testUtils__/observations';
import { image, ListedRegistry } from '../__testUtils__/pollers';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import { KubernetesServer, waitFor } from '@landfall/testing-kit';
import { FleetIndexer } from '../fleet/FleetIndexer';
import { NotificationSender } from '../notifications/NotificationSender';
import { ActionSettler } from '../service/actions/ActionSettler';
import { Links } from '../service/links';
import { SignalPublisher } from '../signals/SignalPublisher';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { addActions } from '../store/operations/actions';
import { addRefreshRequest } from '../store/operations/refreshRequests';
import { type Fence, FencedError } from '../store/fence';
import { addToNotificationOutbox } from '../store/operations/notificationOutbox';
import { saveReferencedSearches } from '../store/operations/repositorySearches';
import { promotionAt, REF } from '../__testUtils__/promotions';
import type { LeaderTask } from '../leadership/LeaderElection';
import { Sources } from './Sources';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const LONG_AGO = '2026-01-01T00:00:00.000Z';
/** The label of each task in metrics, by class name. */
const TASKS = {
  ActionSettler: 'actions',
  ArgoCdSource: 'instance-state',
  CommitRangeSource: 'commit-ranges',
  CommitRequestSource: 'commit-requests',
  DesiredImageSource: 'desired-images',
  FleetIndexer: 'fleet',
  ImageUpdaterSource: 'image-updaters',
  KubernetesUpdaterSource: 'kubernetes-image-updaters',
  NotificationSender: 'notifications',
  PodFailureSource: 'pod-failures',
  ProposalSource: 'proposals',
  RefreshRequestSource: 'refresh-requests',
  RegistryPoller: 'registries',
  RepositorySearcher: 'repository-search',
  RevisionSource: 'revisions',
  SyncWindowSource: 'sync-windows',
};

/** They learn from the watch what to read. */
const FOLLOWING_THE_WATCH = [
  'ImageUpdaterSource',
  'DesiredImageSource',
  'PodFailureSource',
];

const updater = {
  apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
  kind: 'ImageUpdater',
  metadata: { name: 'exact', namespace: 'argocd' },
  spec: { applicationRefs: [{ namePattern: 'api-dev', useAnnotations: true }] },
};

describe.each(databases.eachSupportedId())('leader tasks on %s', id => {
  let observations: Observation[];
  let argocd: ReplayedArgoCd;
  let kubernetes: KubernetesServer;
  let client: DefaultArgoCdClient;

  beforeAll(async () => {
    observations = await observationsOf('helmvalues');
  });

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start();
    client = argocd.createClient();
    kubernetes = await KubernetesServer.start();
    kubernetes.putUpdater(updater);
  });

  afterEach(async () => {
    await kubernetes.stop();
    await argocd.stop();
  });

  /** A replica with work for each task. No task is started yet. */
  async function setUp() {
    const database = await createDatabase(databases, id);
    const { metrics, measured } = recordMetrics();
    const logger = mockServices.logger.mock();
    const registry = new ListedRegistry();
    registry.images = [image(7)];
    const publisher = SignalPublisher.start({
      database,
      logger,
      signals: { publish: async () => {} },
    });
    await publisher.stop();
    const sent: unknown[] = [];
    let listener: ApplicationWatchListener | undefined;
    const instances: ArgoCdInstances = {
      list: (): ArgoCdClient[] => [client],
      get: () => client,
    };
    const sources = Sources.create({
      leaderTasks: tracker => [
        {
          lease: 'actions',
          tasks: [ActionSettler.create({ database, logger, metrics })],
        },
        {
          lease: 'fleet',
          tasks: [
            FleetIndexer.create({
              database,
              tracker,
              logger,
              metrics,
              rules: {
                instanceNames: ['main'],
                accessRules: DEFAULT_ACCESS_RULES,
              },
              settings: {
                environments: [],
                links: Links.create({
                  frontendUrls: new Map(),
                  integrations: ScmIntegrations.fromConfig(
                    mockServices.rootConfig(),
                  ),
                }),
              },
            }),
          ],
        },
        {
          lease: 'notifications',
          tasks: [
            NotificationSender.create({
              database,
              logger,
              metrics,
              environments: [],
              entities: {
                of: async () => [
                  { entityRef: 'component:default/api', owners: [] },
                ],
              },
              notifications: { send: async one => void sent.push(one) },
            }),
          ],
        },
      ],
      instances,
      createWatch: (_, given) => {
        listener = given;
        return {
          instance: 'main',
          start: () => {},
          stop: async () => {},
          requestRefresh: () => {},
          relist: () => {},
          status: () => ({ state: 'live', since: AT, lastReceivedAt: AT }),
        };
      },
      registry,
      registryPollIntervalMs: 300_000,
      clusters: [
        {
          instance: 'main',
          connection: { name: 'the own cluster', url: () => kubernetes.url },
        },
      ],
      database,
      publisher,
      logger,
      metrics,
    });
    await arrange(database);
    await addAction(database);
    const leaderTasks = new Map(
      sources.leaderTasks.flatMap(({ tasks }) =>
        tasks.map(part => [part.constructor.name, part] as const),
      ),
    );
    const watched = () => listener;
    /**
     * Lets the sources that follow the watch receive its applications before
     * anything is measured.
     */
    const learn = async (name: string, fence: Fence) => {
      if (!FOLLOWING_THE_WATCH.includes(name)) {
        return;
      }
      leaderTasks.get('ArgoCdSource')?.start(fence);
      await report(watched());
      await leaderTasks.get('ArgoCdSource')?.stop();
      measured.length = 0;
    };
    return { database, leaderTasks, measured, sent, watched, learn };
  }

  /** Nobody approved it in time. */
  async function addAction(database: DeliveryDatabase): Promise<void> {
    const record = {
      id: '0f5d3c9e-3d0f-4a4f-8f43-1f6f5f0f4f11',
      action: 'sync',
      state: 'waiting',
      application: REF,
      environment: 'dev',
      user: 'user:default/ada',
      requestedAt: LONG_AGO,
      changedAt: LONG_AGO,
    } as const;
    await database.transaction(tx =>
      addActions(
        tx,
        [
          {
            record,
            entityRef: 'component:default/api',
            request: {},
            trace: {},
          },
        ],
        {
          userRef: record.user,
          idempotencyKey: 'a-key-of-a-request',
          requestHash: 'h',
          checkAt: LONG_AGO,
        },
      ),
    );
  }

  async function arrange(database: DeliveryDatabase): Promise<void> {
    const tracker = createTracker(database);
    const isSyncing = (observation: Observation) =>
      observation.kind === 'application-observed' &&
      observation.application.operation?.phase === 'Running';
    for (const observation of observations.slice(
      0,
      observations.findIndex(isSyncing),
    )) {
      await observe(tracker, observation);
    }
    const { knex } = database;
    const [ref] = await knex('applications').select(
      'instance',
      'namespace',
      'name',
    );
    await knex('repositories').update({ next_read_at: LONG_AGO });
    await knex('revisions').delete();
    await knex('revision_requests').delete();
    await knex('revision_requests').insert({
      repo_url: 'http://127.0.0.1:3300/deploy.git',
      revision: 'd32a0714e2af32cb296fa5082d87d51ae34edb2c',
      application_key: (await knex('applications').first('key')).key,
      instance: 'main',
      attempts: 0,
      next_attempt_at: LONG_AGO,
      wanted_since: LONG_AGO,
    });
    await knex('commit_ranges').insert({
      application_key: (await knex('applications').first('key')).key,
      to_revision: 'd32a0714e2af32cb296fa5082d87d51ae34edb2c',
      from_revision: 'a3ecffbbe03b9b8d9df6fec7140eea4b3dde8237',
      repo_url: 'http://127.0.0.1:3300/deploy.git',
      paths: '[]',
      attempts: 0,
      next_attempt_at: LONG_AGO,
      wanted_since: LONG_AGO,
    });
    await knex('commit_requests').insert({
      application_key: (await knex('applications').first('key')).key,
      revision: 'd32a0714e2af32cb296fa5082d87d51ae34edb2c',
      repo_url: 'http://127.0.0.1:3300/deploy.git',
      next_attempt_at: LONG_AGO,
      wanted_since: LONG_AGO,
    });
    await knex('proposal_reads').insert({
      application_key: (await knex('applications').first('key')).key,
      repo_url: 'http://127.0.0.1:3300/deploy.git',
      base: 'main',
      template: 'updates-{{.SHA256}}',
      next_attempt_at: LONG_AGO,
      wanted_since: LONG_AGO,
    });
    await saveReferencedSearches(knex, [{ team: 'shop' }], LONG_AGO);
    await addRefreshRequest(knex, { ref, requestedAt: AT });
    await addToNotificationOutbox(knex, [
      {
        kind: 'failed',
        promotion: promotionAt(1, { application: ref, outcome: 'failed' }),
      },
    ]);
    argocd.putSyncWindows(ref.name, {
      activeWindows: [],
      assignedWindows: [
        { kind: 'deny', schedule: '0 3 * * *', duration: '1h' },
      ],
    });
    argocd.putManaged('shop-apps', [updater]);
    argocd.putTree('broken', {
      nodes: [
        {
          version: 'v1',
          kind: 'Pod',
          name: 'broken-1',
          health: { status: 'Degraded', message: 'crashes' },
        },
      ],
    });
    argocd.putManaged('manual', [
      {
        kind: 'Deployment',
        spec: { template: { spec: { containers: [{ image: 'api:1.1.0' }] } } },
      },
    ]);
  }

  async function contents(database: DeliveryDatabase): Promise<object> {
    const tables = [
      'applications',
      'promotions',
      'repositories',
      'images',
      'image_details',
      'repository_searches',
      'revisions',
      'revision_requests',
      'commit_ranges',
      'commit_requests',
      'proposal_reads',
      'image_updaters',
      'unreadable_resources',
      'instances',
      'outbox',
      'notices',
      'application_hints',
      'services',
      'service_applications',
      'application_summaries',
      'summary_requests',
    ];
    const rows = await Promise.all(
      tables.map(async table => [table, await database.knex(table).select()]),
    );
    return Object.fromEntries(rows);
  }

  /**
   * Reports one event of each kind as a watch does. Resolves with the outcome of
   * each.
   */
  async function report(
    listener: ApplicationWatchListener | undefined,
  ): Promise<PromiseSettledResult<void>[]> {
    const [first] = observations;
    if (first.kind !== 'application-observed' || !listener) {
      throw new Error('There is nothing to report');
    }
    const { application } = first;
    const manager = {
      ...application,
      ref: { ...application.ref, name: 'shop-apps' },
      resourceVersion: '99',
      resources: { total: 2, outOfSync: 0, unwell: [], imageUpdaters: 1 },
    };
    const manual = {
      ...application,
      ref: { ...application.ref, name: 'manual' },
      automatedSync: false,
      sync: { status: 'OutOfSync' as const, revisions: ['b'.repeat(40)] },
    };
    const broken = {
      ...application,
      ref: { ...application.ref, name: 'broken' },
      health: { status: 'Degraded' as const },
    };
    return Promise.allSettled([
      listener.onState({ state: 'live', since: AT, lastReceivedAt: AT }),
      listener.onChanged(manager, AT),
      listener.onDeleted({ ...application.ref, name: 'other' }, AT),
      listener.onList([application, manager, manual, broken], AT, []),
    ]);
  }

  it('are all tested for fencing', async () => {
    const { leaderTasks } = await setUp();
    expect([...leaderTasks.keys()].sort()).toEqual(Object.keys(TASKS));
  });

  it.each(Object.entries(TASKS))(
    '%s writes while the lease is held',
    async (name, task) => {
      const { database, leaderTasks, measured, learn } = await setUp();
      const held = await holdLease(database);
      await learn(name, held);
      const before = await contents(database);

      leaderTasks.get(name)?.start(held);

      await waitFor(() => expect(measured).toContainEqual(ran(task, 'ok')));
      await stop(leaderTasks);
      expect(await contents(database)).not.toEqual(before);
    },
  );

  it.each(Object.entries(TASKS))(
    '%s writes nothing once another replica holds the lease',
    async (name, task) => {
      const { database, leaderTasks, measured, sent, learn } = await setUp();
      const lost = await holdLease(database);
      await learn(name, lost);
      await holdLease(database, 'successor');
      const before = await contents(database);

      leaderTasks.get(name)?.start(lost);

      await waitFor(() => expect(measured).toContainEqual(ran(task, 'fenced')));
      await stop(leaderTasks);
      expect(await contents(database)).toEqual(before);
      expect(sent).toEqual([]);
    },
  );

  it('store nothing that a watch reports once another replica holds the lease', async () => {
    const { database, leaderTasks, watched } = await setUp();
    const lost = await holdLease(database);
    await holdLease(database, 'successor');
    const before = await contents(database);

    leaderTasks.get('ArgoCdSource')?.start(lost);
    const reports = await report(watched());

    const refused = reports.flatMap(outcome =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(refused).toEqual(refused.map(() => expect.any(FencedError)));
    // Events are stored together, so some are accepted before that is refused.
    expect([reports[0], reports.at(-1)]).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      expect.objectContaining({ status: 'rejected' }),
    ]);
    await stop(leaderTasks);
    expect(await contents(database)).toEqual(before);
  });
});

function ran(task: string, outcome: string) {
  return {
    name: 'delivery.task.runs',
    value: 1,
    labels: { task, outcome },
  };
}

async function stop(leaderTasks: Map<string, LeaderTask>): Promise<void> {
  await Promise.all([...leaderTasks.values()].map(task => task.stop()));
}
