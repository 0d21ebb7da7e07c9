import { mockServices } from '@backstage/backend-test-utils';
import type { MergeRequest } from '@landfall/backstage-plugin-delivery-common';
import type {
  ConfigRepositoryHistory,
  RequestOfCommit,
} from '@landfall/backstage-plugin-delivery-node';
import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import {
  committed,
  NEVER,
  pending,
  promotionsIn,
  REPO_URL,
  revisionOf,
} from '../__testUtils__/mergeRequests';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { CommitRequestSource } from './CommitRequestSource';

const databases = createTestDatabases();
const merged: MergeRequest = {
  url: 'https://git.example.com/shop/deploy/pulls/12',
  number: 12,
  title: 'Update api',
  state: 'merged',
  author: 'jo',
  mergedAt: '2026-01-01T12:03:00.000Z',
  updatedAt: '2026-01-01T12:03:00.000Z',
};

/** A Git host that gives prepared answers. */
class PreparedHistory implements ConfigRepositoryHistory {
  readonly asked: string[] = [];
  answer: RequestOfCommit = { kind: 'found', request: merged };

  covers(repoUrl: string): boolean {
    return repoUrl === REPO_URL;
  }

  async commitsBetween() {
    return { kind: 'contained', reason: 'unsupported' } as const;
  }

  async requestOf({ revision }: { revision: string }) {
    this.asked.push(revision);
    return this.answer;
  }
}

describe.each(databases.eachSupportedId())('CommitRequestSource on %s', id => {
  let database: DeliveryDatabase;
  let history: PreparedHistory;
  let source: CommitRequestSource | undefined;

  beforeEach(async () => {
    database = await createDatabase(databases, id);
    history = new PreparedHistory();
    const tracker = createTracker(database);
    for (const name of ['api-dev', 'api-test']) {
      for (const observation of [...pending(name), ...committed(name)]) {
        await observe(tracker, observation);
      }
    }
  });
  afterEach(async () => {
    await source?.stop();
  });

  async function start(
    histories: ConfigRepositoryHistory[] = [history],
  ): Promise<CommitRequestSource> {
    source = CommitRequestSource.create({
      histories,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
    });
    source.start(await holdLease(database));
    return source;
  }

  const rows = () =>
    database.knex('commit_requests').orderBy('application_key').select();
  const twice = (row: object) => [
    expect.objectContaining(row),
    expect.objectContaining(row),
  ];

  it('gives commits their merge request, asking once for each', async () => {
    expect(await rows()).toEqual(twice({ repo_url: REPO_URL, attempts: 0 }));
    await start();
    await waitFor(async () =>
      expect(await rows()).toEqual(
        twice({ reason: 'merged', next_attempt_at: NEVER }),
      ),
    );
    expect(history.asked.sort()).toEqual(
      ['api-dev', 'api-test'].map(revisionOf),
    );
    const promotions = await promotionsIn(database);
    expect(promotions.map(({ commit }) => commit?.request)).toEqual([
      merged,
      merged,
    ]);
    expect(promotions[0].stages.committed?.at).toBe(merged.mergedAt);
  });

  it.each<[RequestOfCommit['kind'], RequestOfCommit]>([
    ['none', { kind: 'none' }],
    ['unsupported', { kind: 'unsupported' }],
  ])('never asks again after the answer %s', async (reason, answer) => {
    history.answer = answer;
    await start();
    await waitFor(async () =>
      expect(await rows()).toEqual(twice({ reason, next_attempt_at: NEVER })),
    );
    const [{ commit }] = await promotionsIn(database);
    expect(commit).toMatchObject({
      revision: revisionOf('api-dev'),
      exact: true,
    });
    expect(commit?.request).toBeUndefined();
  });

  it('asks nobody about a repository that no history covers', async () => {
    await start([]);
    await waitFor(async () =>
      expect(await rows()).toEqual(
        twice({ reason: 'unsupported', next_attempt_at: NEVER }),
      ),
    );
  });

  it('asks again later while the request is open, and after a failure', async () => {
    history.answer = { kind: 'found', request: { ...merged, state: 'open' } };
    const started = await start();
    await waitFor(async () =>
      expect(await rows()).toEqual(twice({ reason: 'open', attempts: 1 })),
    );
    const [{ next_attempt_at: next }] = await rows();
    expect(Date.parse(next)).toBeGreaterThan(Date.now() + 1000);
    expect(Date.parse(next)).toBeLessThan(Date.now() + 3_600_000);

    history.answer = {
      kind: 'unavailable',
      reason: 'unreachable',
      message: 'git.example.com is away',
    };
    await database
      .knex('commit_requests')
      .update({ next_attempt_at: '2026-01-01T00:00:00.000Z', attempts: 11 });
    started.trigger();
    await waitFor(async () =>
      expect(await rows()).toEqual(
        twice({
          reason: 'unreachable',
          error: 'git.example.com is away',
          attempts: 12,
          next_attempt_at: NEVER,
        }),
      ),
    );
  });

  it('waits as long as the host says, which is no failed attempt', async () => {
    const retryAt = new Date(Date.now() + 600_000).toISOString();
    history.answer = {
      kind: 'unavailable',
      reason: 'rate-limited',
      message: 'slow down',
      retryAt,
    };
    await start();
    await waitFor(async () =>
      expect(await rows()).toEqual(
        twice({ attempts: 0, next_attempt_at: retryAt }),
      ),
    );
  });
});
