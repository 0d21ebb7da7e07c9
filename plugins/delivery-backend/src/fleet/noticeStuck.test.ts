import {
  type ApplicationSummary,
  type Deployment,
  describePromotion,
  describeStuckReason,
  type Promotion,
  type StuckCode,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { promotionAt, REF, store } from '../__testUtils__/promotions';
import { applicationKey } from '../store/applicationKey';
import { saveSummaries } from '../store/operations/applicationSummaries';
import { readDueNotifications } from '../store/operations/notificationOutbox';
import { isoIn } from '../store/time';
import { noticeStuck, type StuckApplication, toStuck } from './noticeStuck';

const databases = createTestDatabases();
const KEY = applicationKey(REF);

function reasonOf(code: StuckCode) {
  return describeStuckReason({
    code,
    parameters: {},
    advice: { code: 'advice.merge-request', parameters: {} },
  });
}

function summaryOf(next: string, waiting?: StuckCode): ApplicationSummary {
  return {
    environment: 'dev',
    cluster: 'one',
    severity: 0,
    shown: {
      key: KEY,
      application: REF,
      environment: 'dev',
      states: [],
      running: ['1.0.0'],
      next,
      health: 'Healthy',
      sync: 'Synced',
      ...(waiting && { waiting: reasonOf(waiting) }),
    },
  };
}

function stuck(minute: number, code: StuckCode): StuckApplication {
  return {
    applicationKey: KEY,
    promotion: describePromotion(promotionAt(minute)),
    reason: reasonOf(code),
    summary: summaryOf(`1.0.${minute}`, code),
  };
}

describe('toStuck', () => {
  const { promotion, reason, summary } = stuck(1, 'merge-pending');
  const deployment = (
    outcome: Promotion['outcome'],
    waiting: Deployment['waiting'],
  ) => ({ promotion: { ...promotion, outcome }, waiting });

  it.each<[string, ReturnType<typeof deployment>, number]>([
    ['waits for somebody', deployment(undefined, reason), 1],
    [
      'goes on by itself',
      deployment(undefined, { ...reason, advice: undefined }),
      0,
    ],
    ['waits for nothing', deployment(undefined, undefined), 0],
    ['failed, which is announced as that', deployment('failed', reason), 0],
  ])('a promotion that %s', (_, { waiting, ...rest }, count) => {
    expect(toStuck(KEY, { ...rest, waiting }, summary)).toHaveLength(count);
  });
});

describe.each(databases.eachSupportedId())('noticeStuck on %s', id => {
  async function setUp(before?: ApplicationSummary) {
    const database = await createDatabase(databases, id);
    await store(database, [promotionAt(1), promotionAt(2)]);
    if (before) {
      await saveSummaries(database.knex, [
        { applicationKey: KEY, summary: before },
      ]);
    }
    const see = async (...all: StuckApplication[]) => {
      await database.transaction(async tx => {
        await noticeStuck(tx, all);
        await saveSummaries(
          tx,
          all.map(({ applicationKey: key, summary }) => ({
            applicationKey: key,
            summary,
          })),
        );
      });
      const due = await readDueNotifications(database.knex, {
        now: isoIn(1000),
        limit: 100,
      });
      return due.map(({ notice }) =>
        notice.kind === 'stuck'
          ? `${notice.promotion.version.tag} ${notice.reason.code}`
          : notice.kind,
      );
    };
    return { database, see };
  }

  it('announces a promotion once for each reason', async () => {
    const { see } = await setUp(summaryOf('1.0.1'));
    expect(await see(stuck(1, 'merge-pending'))).toEqual([
      '1.0.1 merge-pending',
    ]);
    await see(stuck(1, 'merge-pending'));
    await see(stuck(1, 'automated-sync-off'));
    await see(stuck(1, 'merge-pending'));
    expect(await see(stuck(2, 'merge-pending'))).toEqual([
      '1.0.1 merge-pending',
      '1.0.1 automated-sync-off',
      '1.0.2 merge-pending',
    ]);
  });

  it.each<[string, ApplicationSummary | undefined]>([
    ['the application is seen for the first time', undefined],
    ['it waited before this was recorded', summaryOf('1.0.1', 'merge-pending')],
  ])('announces nothing if %s', async (_, before) => {
    const { see } = await setUp(before);
    expect(await see(stuck(1, 'merge-pending'))).toEqual([]);
    expect(await see(stuck(1, 'merge-pending'))).toEqual([]);
    expect(await see(stuck(1, 'request-closed'))).toEqual([
      '1.0.1 request-closed',
    ]);
  });

  it('passes over promotions that were deleted meanwhile', async () => {
    const { see } = await setUp(summaryOf('1.0.3'));
    expect(await see(stuck(3, 'merge-pending'))).toEqual([]);
  });

  it('forgets a promotion together with it', async () => {
    const { database, see } = await setUp(summaryOf('1.0.1'));
    await see(stuck(1, 'merge-pending'));
    await database.knex('promotions').delete();
    expect(await database.knex('stuck_notices').select()).toEqual([]);
  });
});
