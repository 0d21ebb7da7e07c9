import { mockServices } from '@backstage/backend-test-utils';
import {
  type Application,
  type HistoryCommit,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  CommitsBetween,
  CommitsQuery,
  ConfigRepositoryHistory,
} from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { parsePromotion } from '../store/parsePromotion';
import { CommitRangeSource } from './CommitRangeSource';

const databases = createTestDatabases();
const REPO_URL = 'https://git.example.com/shop/deploy.git';
const IMAGE = 'registry.example.com/shop/api';
const sha = (digit: number) => String(digit).repeat(40);
const NEVER = '9999-12-31T23:59:59.999Z';

/** An application whose environment is its only difference. */
function application(
  environment: string,
  overrides: Partial<Application> = {},
): Application {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: `api-${environment}` },
    uid: `uid-${environment}`,
    project: 'shop',
    labels: {},
    annotations: {},
    destination: {},
    sources: [{ repoUrl: REPO_URL, path: 'apps/api' }],
    automatedSync: true,
    sync: { status: 'Synced', revisions: [sha(1)] },
    health: { status: 'Healthy' },
    images: [`${IMAGE}:1.0.0`],
    externalUrls: [],
    history: [],
    conditions: [],
    resources: { total: 1, outOfSync: 0, unwell: [] },
    ...overrides,
  };
}

const update = (environment: string, digit: number): HistoryCommit => ({
  revision: sha(digit),
  author: 'argocd-image-updater <noreply@argoproj.io>',
  date: `2026-01-01T12:00:0${digit}.000Z`,
  message: `build: automatic update of api-${environment}\n\nupdates image shop/api tag '1.0.0' to '1.0.1'`,
});

/** A Git host that gives prepared answers. */
class PreparedHistory implements ConfigRepositoryHistory {
  readonly asked: CommitsQuery[] = [];
  answer: CommitsBetween = { kind: 'exact', commits: [] };

  covers(repoUrl: string): boolean {
    return repoUrl === REPO_URL;
  }

  async commitsBetween(query: CommitsQuery): Promise<CommitsBetween> {
    this.asked.push(query);
    return this.answer;
  }
}

describe.each(databases.eachSupportedId())('CommitRangeSource on %s', id => {
  let database: DeliveryDatabase;
  let history: PreparedHistory;
  let sources: CommitRangeSource[];

  beforeEach(async () => {
    database = await createDatabase(databases, id);
    history = new PreparedHistory();
    sources = [];
  });
  afterEach(() => Promise.all(sources.map(source => source.stop())));

  async function start(
    histories: ConfigRepositoryHistory[] = [history],
  ): Promise<CommitRangeSource> {
    const source = CommitRangeSource.create({
      histories,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
    });
    source.start(await holdLease(database));
    sources.push(source);
    return source;
  }

  /** One cycle of the updater commits for each; Argo CD only reports the last. */
  async function updateAll(environments: string[]): Promise<void> {
    const tracker = createTracker(database);
    const head = environments.length + 1;
    const seenAt = '2026-01-01T12:05:00.000Z';
    const last = update(environments.at(-1) ?? '', head);
    for (const environment of environments) {
      await observe(tracker, {
        kind: 'application-observed',
        application: application(environment),
        seenAt: '2026-01-01T11:00:00.000Z',
      });
      await observe(tracker, {
        kind: 'application-observed',
        application: application(environment, {
          sync: { status: 'OutOfSync', revisions: [sha(head)] },
        }),
        seenAt,
      });
    }
    await observe(tracker, {
      kind: 'revision-resolved',
      repoUrl: REPO_URL,
      ...last,
      seenAt,
    });
  }

  const ranges = () =>
    database.knex('commit_ranges').orderBy('application_key').select();

  /** The commit of each application's new version, and whether it is exact. */
  async function commits() {
    const rows = await database.knex('promotions').select('document');
    return rows
      .map(({ document }) => parsePromotion(document))
      .filter(({ version }) => version.tag === '1.0.1')
      .map(({ application: { name }, commit }) => [
        name,
        commit?.revision,
        commit?.exact,
      ])
      .sort();
  }

  it('gives each environment of one cycle its own commit', async () => {
    const environments = ['dev', 'test', 'prod'];
    history.answer = {
      kind: 'exact',
      commits: environments.map((one, index) => update(one, index + 2)),
    };
    await updateAll(environments);
    expect(await ranges()).toHaveLength(2);

    await start();

    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        { next_attempt_at: NEVER, reason: null },
        { next_attempt_at: NEVER, reason: null },
      ]),
    );
    expect(history.asked[0]).toEqual({
      repoUrl: REPO_URL,
      from: sha(1),
      to: sha(4),
      paths: ['apps/api'],
    });
    expect(await commits()).toEqual([
      ['api-dev', sha(2), true],
      ['api-prod', sha(4), true],
      ['api-test', sha(3), true],
    ]);
  });

  it('asks nothing twice, also after a restart', async () => {
    await updateAll(['dev', 'prod']);
    const first = await start();
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([{ next_attempt_at: NEVER }]),
    );
    await first.stop();
    await updateAll(['dev', 'prod']);
    const second = await start();
    second.trigger();
    await second.stop();
    expect(history.asked).toHaveLength(1);
  });

  it('keeps why commits can never be known', async () => {
    history.answer = { kind: 'contained', reason: 'rewritten' };
    await updateAll(['dev', 'prod']);
    await start();
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        { next_attempt_at: NEVER, reason: 'rewritten', commits: null },
      ]),
    );
  });

  it('asks nobody about a repository that no history covers, so a promotion names what Argo CD does', async () => {
    await updateAll(['dev', 'prod']);
    const tracker = createTracker(database);
    await observe(tracker, {
      kind: 'application-observed',
      application: application('dev', {
        sync: { status: 'Synced', revisions: [sha(3)] },
        images: [`${IMAGE}:1.0.1`],
        operation: {
          phase: 'Succeeded',
          startedAt: '2026-01-01T12:06:00.000Z',
          finishedAt: '2026-01-01T12:06:02.000Z',
          dryRun: false,
          partial: false,
          revisions: [sha(3)],
          images: [`${IMAGE}:1.0.1`],
        },
      }),
      seenAt: '2026-01-01T12:07:00.000Z',
    });
    await start([]);
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        { next_attempt_at: NEVER, reason: 'unsupported' },
      ]),
    );
    expect(await commits()).toEqual([
      ['api-dev', sha(3), false],
      ['api-prod', sha(3), true],
    ]);
  });

  it('asks again later after a failure', async () => {
    history.answer = {
      kind: 'unavailable',
      reason: 'unreachable',
      message: 'git.example.com is away',
    };
    await updateAll(['dev', 'prod']);
    await start();
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        {
          attempts: 1,
          reason: 'unreachable',
          error: 'git.example.com is away',
        },
      ]),
    );
    const [{ next_attempt_at: next }] = await ranges();
    expect(Date.parse(next)).toBeGreaterThan(Date.now() + 1000);
    expect(history.asked).toHaveLength(1);
  });

  it('gives up after many failures, but not because of a rate limit', async () => {
    const retryAt = new Date(Date.now() + 600_000).toISOString();
    history.answer = {
      kind: 'unavailable',
      reason: 'rate-limited',
      message: 'slow down',
      retryAt,
    };
    await updateAll(['dev', 'prod']);
    await database.knex('commit_ranges').update({ attempts: 11 });
    const source = await start();
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        { attempts: 11, next_attempt_at: retryAt },
      ]),
    );
    history.answer = {
      kind: 'unavailable',
      reason: 'unreachable',
      message: 'away',
    };
    await database
      .knex('commit_ranges')
      .update({ next_attempt_at: '2026-01-01T00:00:00.000Z' });
    source.trigger();
    await waitFor(async () =>
      expect(await ranges()).toMatchObject([
        { attempts: 12, next_attempt_at: NEVER },
      ]),
    );
  });
});
