import createKnex, { type Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { recordMetrics } from '../__testUtils__/metrics';
import { bumpVersions } from '../store/operations/storeVersions';
import { scopes } from '../store/scopes';
import { Answers } from './Answers';
import type { StoreReading } from './StoreReading';

const databases = createTestDatabases();
const API = scopes.application('api');
const WEB = scopes.application('web');

describe.each(databases.eachSupportedId())('Answers on %s', id => {
  async function setUp(maxBytes = 1000) {
    const database = await createDatabase(databases, id);
    let now = Date.parse('2026-11-23T05:00:00.000Z');
    let made = 0;
    const answers = Answers.create<{ made: number }>({
      database,
      maxBytes,
      clock: () => now,
    });
    const makeOf = (part: string) => async (reading: StoreReading) => {
      reading.dependsOn(part);
      made += 1;
      return { made };
    };
    return {
      database,
      answers,
      get: async (key = 'api', part = API) =>
        (await answers.get(key, makeOf(part))).made,
      change: (...parts: string[]) =>
        database.transaction(tx => bumpVersions(tx, parts)),
      wait: (milliseconds: number) => {
        now += milliseconds;
      },
    };
  }

  it('makes an answer again only when a part changes that it depends on', async () => {
    const { get, change } = await setUp();
    expect([await get(), await get()]).toEqual([1, 1]);
    await change(WEB);
    expect(await get()).toBe(1);
    await change(WEB, API);
    expect(await get()).toBe(2);
    await change(scopes.everything);
    expect([await get(), await get()]).toEqual([3, 3]);
  });

  it('counts no change of a transaction that is rolled back', async () => {
    const { database, get } = await setUp();
    await get();
    await expect(
      database.transaction(async tx => {
        await bumpVersions(tx, [API]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await get()).toBe(1);
  });

  it('follows very many parts', async () => {
    const { answers, change } = await setUp();
    const parts = Array.from({ length: 1000 }, (_, index) =>
      scopes.application(`${index}`),
    );
    let made = 0;
    const get = async () =>
      (
        await answers.get('many', async ({ dependsOn }) => {
          dependsOn(...parts);
          made += 1;
          return { made };
        })
      ).made;
    expect([await get(), await get()]).toEqual([1, 1]);
    await change(...parts);
    expect(await get()).toBe(2);
    await change(parts[999]);
    expect(await get()).toBe(3);
  });

  it('counts what it answers from what it has kept', async () => {
    const database = await createDatabase(databases, id);
    const { metrics, measured } = recordMetrics();
    const outcomes = async (maxBytes: number) => {
      const answers = Answers.create({ database, metrics, maxBytes });
      const get = () => answers.get('api', async () => ({}));
      await get();
      await get();
      return measured.splice(0).map(({ name, labels }) => ({ name, labels }));
    };
    const name = 'delivery.cache.reads';
    expect(await outcomes(1000)).toEqual([
      { name, labels: { cache: 'answers', outcome: 'miss' } },
      { name, labels: { cache: 'answers', outcome: 'hit' } },
    ]);
    expect(await outcomes(0)).toEqual([]);
  });

  it('keeps different answers apart', async () => {
    const { get, change } = await setUp();
    expect([await get(), await get('web', WEB)]).toEqual([1, 2]);
    await change(WEB);
    expect([await get(), await get('web', WEB)]).toEqual([1, 3]);
  });

  it('uses none that is too old', async () => {
    const { get, wait } = await setUp();
    await get();
    wait(29_999);
    expect(await get()).toBe(1);
    wait(1);
    expect(await get()).toBe(2);
  });

  it('makes one that depends on the time again soon', async () => {
    const { answers, wait } = await setUp();
    const get = async () =>
      answers.get('timed', async ({ now, dependsOnTime }) => {
        dependsOnTime();
        return { made: now.getTime() };
      });
    const first = await get();
    wait(4999);
    expect(await get()).toBe(first);
    wait(1);
    expect(await get()).toEqual({ made: first.made + 5000 });
  });

  it('keeps only so much', async () => {
    const { get } = await setUp('{"made":1}'.length);
    expect([await get(), await get()]).toEqual([1, 1]);
    expect([await get('web'), await get()]).toEqual([2, 3]);
  });

  it('keeps nothing if it is turned off', async () => {
    const { get } = await setUp(0);
    expect([await get(), await get()]).toEqual([1, 2]);
  });

  it('keeps no failure', async () => {
    const { answers, get } = await setUp();
    await expect(
      answers.get('api', async () => {
        throw new Error('malformed');
      }),
    ).rejects.toThrow('malformed');
    expect(await get()).toBe(1);
  });
});

// SQLite has only one connection, so nothing changes while an answer is made.
describe.each(databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3'))(
  'Answers of several replicas on %s',
  id => {
    let other: Knex;
    afterEach(() => other.destroy());

    it('are made from one moment, and again if something changed meanwhile', async () => {
      const database = await createDatabase(databases, id);
      other = createKnex(database.knex.client.config);
      const answers = Answers.create<{ seen: string }>({
        database,
        maxBytes: 1000,
      });
      const instances = (knex: Knex) => knex('instances').pluck('name');
      let change = async () => {
        await other('instances').insert({
          name: 'new',
          state: 'live',
          since: '',
        });
        await bumpVersions(other, [scopes.instance('new')]);
      };
      const get = () =>
        answers.get('instances', async ({ knex, dependsOn }) => {
          dependsOn(scopes.instance('new'));
          const before = await instances(knex);
          await change();
          return { seen: [...before, ...(await instances(knex))].join() };
        });

      expect(await get()).toEqual({ seen: '' });
      change = async () => {};
      const second = await get();
      expect(second).toEqual({ seen: 'new,new' });
      expect(await get()).toBe(second);
    });
  },
);
