import { BriefReads } from './BriefReads';

function setUp() {
  // For the cache, 0 is no time.
  const clock = { time: 1, now: () => clock.time };
  const reads = new BriefReads<number>({ ttlMs: 1000, clock });
  const pending: {
    resolve(value: number): void;
    reject(error: Error): void;
  }[] = [];
  const get = (key: string) =>
    reads.get(
      key,
      () =>
        new Promise<number>((resolve, reject) => {
          pending.push({ resolve, reject });
        }),
    );
  return { clock, get, pending };
}

describe('BriefReads', () => {
  it('shares a read, however long it takes, and its result for a moment', async () => {
    const { clock, get, pending } = setUp();
    const first = get('a');
    clock.time = 5000;
    const second = get('a');
    expect(pending).toHaveLength(1);
    pending[0].resolve(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);

    clock.time = 5999;
    expect(await get('a')).toBe(1);
    clock.time = 6001;
    const later = get('a');
    pending[1].resolve(2);
    expect(await later).toBe(2);
  });

  it('shares a failure for as long', async () => {
    const { clock, get, pending } = setUp();
    const first = get('a');
    pending[0].reject(new Error('refused'));
    await expect(first).rejects.toThrow('refused');
    await expect(get('a')).rejects.toThrow('refused');
    clock.time = 1002;
    const later = get('a');
    pending[1].resolve(1);
    expect(await later).toBe(1);
  });

  it('keeps different things apart', async () => {
    const { get, pending } = setUp();
    const reads = [get('a'), get('b')];
    pending.forEach(({ resolve }, index) => resolve(index));
    expect(await Promise.all(reads)).toEqual([0, 1]);
  });
});
