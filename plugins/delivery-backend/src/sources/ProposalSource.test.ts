import { mockServices } from '@backstage/backend-test-utils';
import type {
  MergeRequest,
  WriteBranch,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ConfigRepositoryHistory,
  ProposalsFound,
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
  updateMessage,
} from '../__testUtils__/mergeRequests';
import { createTracker, observe } from '../__testUtils__/trackers';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { ProposalSource } from './ProposalSource';

const databases = createTestDatabases();
const TEMPLATE = 'image-updater-{{.SHA256}}';
const NAMES = ['api-dev', 'api-test'];
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const request: MergeRequest = {
  url: 'https://git.example.com/shop/deploy/pulls/12',
  number: 12,
  title: 'Update api',
  state: 'open',
  updatedAt: '2026-01-01T12:02:00.000Z',
};

/** A Git host with a branch per application. */
class PreparedHistory implements ConfigRepositoryHistory {
  readonly asked: WriteBranch[] = [];
  answer?: ProposalsFound;
  request?: MergeRequest = request;

  covers(repoUrl: string): boolean {
    return repoUrl === REPO_URL;
  }

  async commitsBetween() {
    return { kind: 'contained', reason: 'unsupported' } as const;
  }

  async proposalsOn(branches: WriteBranch): Promise<ProposalsFound> {
    this.asked.push(branches);
    return (
      this.answer ?? {
        kind: 'found',
        proposals: NAMES.map((name, index) => ({
          branch: `image-updater-${index}`,
          base: 'main',
          commit: {
            revision: revisionOf(name),
            author: 'argocd-image-updater <noreply@argoproj.io>',
            date: '2026-01-01T12:01:30.000Z',
            message: updateMessage(name),
          },
          ...(this.request && { request: this.request }),
        })),
      }
    );
  }
}

describe.each(databases.eachSupportedId())('ProposalSource on %s', id => {
  let database: DeliveryDatabase;
  let history: PreparedHistory;
  let source: ProposalSource | undefined;

  beforeEach(async () => {
    database = await createDatabase(databases, id);
    history = new PreparedHistory();
  });
  afterEach(async () => {
    await source?.stop();
  });

  async function push(branch?: string): Promise<void> {
    const tracker = createTracker(database);
    for (const name of NAMES) {
      for (const observation of pending(name, branch)) {
        await observe(tracker, observation);
      }
    }
  }

  async function start(
    histories: ConfigRepositoryHistory[] = [history],
  ): Promise<ProposalSource> {
    source = ProposalSource.create({
      histories,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
    });
    source.start(await holdLease(database));
    return source;
  }

  const rows = () =>
    database.knex('proposal_reads').orderBy('application_key').select();
  const attempted = (attempts: number) =>
    waitFor(async () =>
      expect((await rows()).map(row => row.attempts)).toEqual([
        attempts,
        attempts,
      ]),
    );
  const makeDue = () =>
    database.knex('proposal_reads').update({ next_attempt_at: LONG_AGO });

  it('gives each application its own proposal, asking once for both', async () => {
    await push(`main:${TEMPLATE}`);
    await start();
    await attempted(1);
    expect(history.asked).toEqual([
      { repoUrl: REPO_URL, base: 'main', template: TEMPLATE },
    ]);
    const promotions = await promotionsIn(database);
    expect(promotions.map(({ proposal }) => proposal?.branch)).toEqual([
      'image-updater-0',
      'image-updater-1',
    ]);
    expect(promotions[0].proposal?.request).toEqual(request);
    expect(promotions[0].stages.proposed).toEqual({
      at: '2026-01-01T12:01:30.000Z',
      basis: 'reported',
    });
    const [{ proposed_at: proposedAt }] = await database
      .knex('promotions')
      .whereNotNull('proposed_at')
      .select('proposed_at');
    expect(proposedAt).toBe('2026-01-01T12:01:30.000Z');
    const [{ next_attempt_at: next }] = await rows();
    expect(Date.parse(next)).toBeGreaterThan(Date.now() + 1000);
  });

  it('asks nothing about applications whose updates go to their own branch', async () => {
    await push();
    await push('main');
    expect(await rows()).toEqual([]);
  });

  it('reads the merge of what is committed meanwhile, and then nothing more', async () => {
    await push(`main:${TEMPLATE}`);
    const started = await start();
    await attempted(1);
    const tracker = createTracker(database);
    for (const name of NAMES) {
      for (const observation of committed(name)) {
        await observe(tracker, observation);
      }
    }
    history.request = {
      ...request,
      state: 'merged',
      mergedAt: '2026-01-01T12:03:00.000Z',
      updatedAt: '2026-01-01T12:03:00.000Z',
    };
    started.trigger();
    await waitFor(async () =>
      expect(
        (
          await promotionsIn(database)
        ).map(({ proposal }) => proposal?.request?.state),
      ).toEqual(['merged', 'merged']),
    );
    const [first] = await promotionsIn(database);
    expect(first.commit).toMatchObject({
      exact: true,
      request: { number: 12 },
    });
    await makeDue();
    started.trigger();
    await waitFor(async () => expect(await rows()).toEqual([]));
    expect(history.asked).toHaveLength(2);
  });

  it('changes nothing when it reads the same again', async () => {
    await push(`main:${TEMPLATE}`);
    const started = await start();
    await attempted(1);
    const signals = await database.knex('outbox').select();
    await makeDue();
    started.trigger();
    await attempted(2);
    expect(await database.knex('outbox').select()).toEqual(signals);
  });

  it('asks nobody about a repository that no history covers', async () => {
    await push(`main:${TEMPLATE}`);
    await start([]);
    await waitFor(async () =>
      expect((await rows()).map(row => row.next_attempt_at)).toEqual([
        NEVER,
        NEVER,
      ]),
    );
    expect((await promotionsIn(database))[0].proposal).toBeUndefined();
  });

  it('asks again later after a failure, and as late as the host says', async () => {
    await push(`main:${TEMPLATE}`);
    history.answer = {
      kind: 'unavailable',
      reason: 'unauthorized',
      message: 'git.example.com refused',
    };
    const started = await start();
    await waitFor(async () =>
      expect((await rows())[0]).toMatchObject({
        attempts: 1,
        reason: 'unauthorized',
        error: 'git.example.com refused',
      }),
    );
    const retryAt = new Date(Date.now() + 600_000).toISOString();
    history.answer = { ...history.answer, reason: 'rate-limited', retryAt };
    await makeDue();
    started.trigger();
    await waitFor(async () =>
      expect((await rows()).map(row => row.next_attempt_at)).toEqual([
        retryAt,
        retryAt,
      ]),
    );
  });
});
