import {
  initialState,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode, observationsOf } from '../__testUtils__/observations';
import { promotionAt, REF } from '../__testUtils__/promotions';
import { readPromotion } from '../__testUtils__/recordings';
import { createTracker, observe } from '../__testUtils__/trackers';
import { readDueNotifications } from '../store/operations/notificationOutbox';
import { outcomeNotices } from './outcomeNotices';

const databases = createTestDatabases();
const SEEN_AT = '2026-11-23T04:30:00.000Z';

describe('outcomeNotices', () => {
  let application: Awaited<ReturnType<typeof decode>>[number];

  beforeAll(async () => {
    const [event] = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    [application] = await decode([event.application]);
  });

  function became(
    before: Promotion['outcome'],
    after: Promotion['outcome'],
    options: { at?: string; firstSight?: boolean } = {},
  ) {
    const { at = SEEN_AT, firstSight = false } = options;
    const state = (outcome: Promotion['outcome']) => ({
      ...initialState(REF),
      application: firstSight ? undefined : application,
      promotions: [
        promotionAt(1, {
          outcome,
          ...(outcome && { outcomeAt: { at, basis: 'observed' } }),
        }),
      ],
    });
    return outcomeNotices([
      {
        before: state(before),
        after: state(after),
        seenAt: SEEN_AT,
      },
    ]).map(({ kind }) => kind);
  }

  it.each<[Promotion['outcome'], Promotion['outcome'], string[]]>([
    [undefined, 'failed', ['failed']],
    ['live', 'failed', ['failed']],
    ['superseded', 'failed', ['failed']],
    ['failed', 'failed', []],
    ['failed', 'live', ['recovered']],
    ['failed', undefined, []],
    ['failed', 'superseded', []],
    [undefined, 'live', []],
    ['live', 'rolled-back', ['rolled-back']],
    ['failed', 'rolled-back', ['rolled-back']],
    ['rolled-back', 'rolled-back', []],
    ['rolled-back', undefined, []],
  ])('from %s to %s: %j', (before, after, notices) => {
    expect(became(before, after)).toEqual(notices);
  });

  it('is empty for old outcomes, and for the history of a new application', () => {
    expect(
      became(undefined, 'failed', { at: '2026-11-23T03:29:00.000Z' }),
    ).toEqual([]);
    expect(became(undefined, 'failed', { firstSight: true })).toEqual([]);
  });

  it.each([
    ['fails-degraded', 'failed'],
    ['helmvalues', undefined],
  ])('are stored once for the recording %s', async (recording, first) => {
    const database = await createDatabase(databases, 'SQLITE_3');
    const tracker = createTracker(database);
    const read = async () => {
      const due = await readDueNotifications(database.knex, {
        now: new Date().toISOString(),
        limit: 100,
      });
      return due.map(({ notice }) => notice.kind);
    };
    const observations = await observationsOf(recording);
    for (const observation of observations) {
      await observe(tracker, observation);
    }
    const kinds = await read();
    expect(kinds[0]).toBe(first);

    for (const observation of observations.slice(-3)) {
      await observe(tracker, observation);
    }
    expect(await read()).toEqual(kinds);
  });
});
