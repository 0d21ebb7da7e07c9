import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { recordMetrics } from '../__testUtils__/metrics';
import { CallerCache } from './CallerCache';

const USER = mockCredentials.user();

function setUp(ttlMs = 5000) {
  let now = 1000;
  const { metrics, measured } = recordMetrics();
  const cache = CallerCache.create<{ answer: number }>({
    ttlMs,
    maxEntries: 3,
    metrics,
    clock: { now: () => now },
  });
  let answers = 0;
  const decide = jest.fn(async () => {
    answers += 1;
    return { answer: answers };
  });
  return {
    decide,
    cache,
    outcomes: () => measured.splice(0).map(({ labels }) => labels),
    get: async (
      credentials: BackstageCredentials = USER,
      subject = 'component:default/api',
    ) => (await cache.get(credentials, subject, decide)).answer,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('CallerCache', () => {
  it('asks once while the answer counts, and then again', async () => {
    const { get, wait } = setUp();
    expect([await get(), await get()]).toEqual([1, 1]);
    wait(4999);
    expect(await get()).toBe(1);
    wait(2);
    expect(await get()).toBe(2);
  });

  it('asks once for callers at the same time', async () => {
    const { get } = setUp();
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
  });

  it('counts what it answers from what it has kept', async () => {
    const { decide, get, outcomes, wait } = setUp();
    const counted = (outcome: string) => ({ cache: 'authorization', outcome });
    await get();
    await get();
    expect(outcomes()).toEqual([counted('miss'), counted('hit')]);
    wait(5001);
    decide.mockRejectedValueOnce(new Error('catalog unavailable'));
    await expect(get()).rejects.toThrow('catalog unavailable');
    expect(outcomes()).toEqual([counted('miss')]);

    const off = setUp(0);
    await off.get();
    expect(off.outcomes()).toEqual([]);
  });

  it('counts from when the question was asked', async () => {
    const { cache, decide, get, wait } = setUp();
    await cache.get(USER, 'component:default/api', async () => {
      wait(4000);
      return decide();
    });
    wait(1001);
    expect(await get()).toBe(2);
  });

  it('asks each time if it is turned off', async () => {
    const { get } = setUp(0);
    expect([await get(), await get()]).toEqual([1, 2]);
  });

  it('keeps different callers and subjects apart', async () => {
    const restricted = (names: string[]) =>
      mockCredentials.service('plugin:catalog', { permissionNames: names });
    const callers = [
      USER,
      mockCredentials.user('user:default/other'),
      mockCredentials.service('plugin:catalog'),
      mockCredentials.service('plugin:search'),
      restricted(['catalog.entity.read']),
      restricted(['delivery.instances.read']),
    ];
    for (const caller of callers) {
      const { get, decide } = setUp();
      const others = callers.filter(other => other !== caller);
      await get(caller);
      await get(others[0]);
      expect(decide).toHaveBeenCalledTimes(2);
      expect(await get(caller)).toBe(1);
      for (const other of others) {
        expect(await get(other)).not.toBe(1);
      }
    }
    const { get } = setUp();
    expect([await get(), await get(USER, 'component:default/web')]).toEqual([
      1, 2,
    ]);
  });

  it('keeps nothing for callers without a name', async () => {
    const { get } = setUp();
    const nobody = mockCredentials.none();
    expect([await get(nobody), await get(nobody)]).toEqual([1, 2]);
  });

  it('keeps no failure', async () => {
    const { decide, get } = setUp();
    decide.mockRejectedValueOnce(new Error('catalog unavailable'));
    await expect(get()).rejects.toThrow('catalog unavailable');
    expect(await get()).toBe(1);
  });

  it('keeps only so many', async () => {
    const { get } = setUp();
    const subjects = ['a', 'b', 'c', 'd'];
    for (const subject of subjects) {
      await get(USER, subject);
    }
    expect(await get(USER, 'd')).toBe(4);
    expect(await get(USER, 'a')).toBe(5);
  });
});
