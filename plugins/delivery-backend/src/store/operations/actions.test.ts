import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { REF } from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import type { DeliveryDatabase } from '../DeliveryDatabase';
import {
  addActions,
  changeAction,
  readActions,
  readActionsOfRequest,
  readActionsPage,
  readDueActions,
  readOpenActions,
  readRecentActions,
  type StoredAction,
} from './actions';
import { deleteOld } from './deleteOld';

const databases = createTestDatabases();
const KEY = applicationKey(REF);
const CART = { ...REF, name: 'cart' };

function at(minute: number): string {
  return `2026-11-23T04:${String(minute).padStart(2, '0')}:00.000Z`;
}

/** The action number `n`, of that minute. */
function action(n: number, changes: Partial<ActionRecord> = {}): StoredAction {
  return {
    record: {
      id: `00000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`,
      action: 'sync',
      state: 'requested',
      application: REF,
      environment: 'dev',
      user: 'user:default/ada',
      requestedAt: at(n),
      changedAt: at(n),
      ...changes,
    },
    entityRef: 'component:default/api',
    request: { project: 'shop' },
    trace: {},
  };
}

describe.each(databases.eachSupportedId())('actions on %s', id => {
  let database: DeliveryDatabase;
  let knex: Knex;

  beforeEach(async () => {
    database = await createDatabase(databases, id);
    ({ knex } = database);
  });

  function add(
    actions: StoredAction[],
    idempotencyKey: string,
    rest: { requestHash?: string; checkAt?: string } = {},
  ) {
    return database.transaction(tx =>
      addActions(tx, actions, {
        userRef: 'user:default/ada',
        idempotencyKey,
        requestHash: 'hash',
        ...rest,
      }),
    );
  }

  const idsOf = (actions: StoredAction[]) =>
    actions.map(({ record }) => Number(record.id.slice(-2)));

  it('are stored once for each key of a user', async () => {
    const key = { userRef: 'user:default/ada', idempotencyKey: 'first' };
    expect(await add([action(1), action(2)], 'first')).toBe(true);
    expect(await add([action(3), action(4)], 'first')).toBe(false);
    expect(await add([action(5)], 'second')).toBe(true);

    const stored = await readActionsOfRequest(knex, key);
    expect(stored).toEqual({
      requestHash: 'hash',
      actions: [action(1), action(2)],
    });
    expect(
      await readActionsOfRequest(knex, { ...key, userRef: 'user:default/bob' }),
    ).toBeUndefined();
  });

  it('change only from the given states, one time', async () => {
    await add([action(1)], 'first', { checkAt: at(1) });
    const record: ActionRecord = {
      ...action(1).record,
      state: 'accepted',
      changedAt: at(2),
      message: 'NUL \0 and half a pair \ud800',
    };
    const change = () =>
      database.transaction(tx =>
        changeAction(tx, {
          record,
          from: ['requested'],
          checkAt: at(3),
          trace: { revisions: ['a'] },
        }),
      );
    expect([await change(), await change()]).toEqual([true, false]);
    expect(await readActions(knex, [record.id, 'other'])).toEqual([
      {
        ...action(1),
        record: { ...record, message: 'NUL \uFFFD and half a pair \uFFFD' },
        trace: { revisions: ['a'] },
      },
    ]);
  });

  it('are found by application and time, the latest first', async () => {
    const changes = [
      {},
      { state: 'succeeded' as const },
      { application: CART },
      { state: 'waiting' as const },
      { state: 'unknown' as const },
    ];
    for (const [index, change] of changes.entries()) {
      await add([action(index + 1, change)], `key-${index}`);
    }
    expect(idsOf(await readOpenActions(knex, KEY))).toEqual([4, 1]);
    expect(idsOf(await readRecentActions(knex, KEY, at(2)))).toEqual([5, 4, 2]);

    const applicationKeys = [KEY];
    const first = await readActionsPage(knex, { applicationKeys, limit: 3 });
    expect(idsOf(first.actions)).toEqual([5, 4, 2]);
    const second = await readActionsPage(knex, {
      applicationKeys,
      limit: 3,
      after: first.next,
    });
    expect([idsOf(second.actions), second.next]).toEqual([[1], undefined]);
    expect(
      await readActionsPage(knex, { applicationKeys: [], limit: 3 }),
    ).toEqual({ actions: [], next: undefined });
  });

  it('are due at their time', async () => {
    await add([action(1)], 'first', { checkAt: at(10) });
    await add([action(2)], 'second');
    const due = async (now: string) =>
      idsOf(await readDueActions(knex, { now, limit: 10 }));
    expect([await due(at(9)), await due(at(10))]).toEqual([[], [1]]);
  });

  it('are deleted with old data', async () => {
    await add([action(1)], 'first');
    await add([action(5)], 'second');
    await deleteOld(database, {
      before: at(3),
      unsentBefore: at(0),
      instances: [],
    });
    expect(idsOf(await readOpenActions(knex, KEY))).toEqual([5]);
  });
});
