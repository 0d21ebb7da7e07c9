import { ResponseError } from '@backstage/errors';
import {
  LiveRead,
  MAX_BACKOFF_MS,
  MOVING_MS,
  POLL_MS,
  READ_TIMEOUT_MS,
  SHORT_POLL_MS,
  type LiveReadOptions,
  type Read,
} from './LiveRead';

interface Shop {
  apples: number;
}

function setup(read: Read<Shop>, options: Partial<LiveReadOptions<Shop>> = {}) {
  const reading = jest.fn(read);
  const onActive = jest.fn();
  const live = new LiveRead<Shop>({ read: reading, ...options }, onActive);
  return { live, reading, onActive };
}

/** Polls as `LiveEntity` does. */
async function poll(live: LiveRead<Shop>, milliseconds: number) {
  for (let waited = 0; waited < milliseconds; waited += SHORT_POLL_MS) {
    live.tick(SHORT_POLL_MS);
    await jest.advanceTimersByTimeAsync(SHORT_POLL_MS);
  }
}

describe('LiveRead', () => {
  beforeEach(() =>
    jest.useFakeTimers({ now: new Date('2026-05-04T12:00:00Z') }),
  );
  afterEach(() => jest.useRealTimers());

  it('reads once for all subscribers, and notifies each', async () => {
    const { live, reading, onActive } = setup(async () => ({ apples: 1 }));
    expect(live.getState()).toEqual({ isReading: true, isReadingMore: false });
    const first = jest.fn();
    const second = jest.fn();
    live.subscribe(first);
    live.subscribe(second);
    await jest.advanceTimersByTimeAsync(0);
    expect(reading).toHaveBeenCalledTimes(1);
    expect(onActive.mock.calls).toEqual([[true]]);
    expect(first).toHaveBeenCalled();
    expect(second).toHaveBeenCalled();
    expect(live.getState()).toEqual({
      data: { apples: 1 },
      readAt: '2026-05-04T12:00:00.000Z',
      isReading: false,
      isReadingMore: false,
    });
  });

  it('waits between reads because of changes, but not for what is urgent', async () => {
    const { live, reading } = setup(async () => ({ apples: 1 }), {
      minIntervalMs: 5000,
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(1000);
    live.request({ delayMs: 200 });
    await jest.advanceTimersByTimeAsync(3999);
    expect(reading).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(reading).toHaveBeenCalledTimes(2);

    live.readNow();
    await jest.advanceTimersByTimeAsync(0);
    expect(reading).toHaveBeenCalledTimes(3);

    await jest.advanceTimersByTimeAsync(10_000);
    live.request({ delayMs: 200 });
    await jest.advanceTimersByTimeAsync(200);
    expect(reading).toHaveBeenCalledTimes(4);
  });

  it('coalesces requests, unless one is urgent', async () => {
    const { live, reading } = setup(async () => ({ apples: 1 }));
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    live.request({ delayMs: 200 });
    live.request({ delayMs: 50 });
    live.request({ delayMs: 100 });
    await jest.advanceTimersByTimeAsync(49);
    expect(reading).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(reading).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1000);
    live.readNow();
    expect(reading).toHaveBeenCalledTimes(3);
  });

  it('keeps the data and its age when a later read fails, until one succeeds', async () => {
    let failure: Error | undefined;
    const { live } = setup(async () => {
      if (failure) {
        throw failure;
      }
      return { apples: 1 };
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(1000);
    failure = new Error('connect ECONNREFUSED');
    live.readNow();
    await jest.advanceTimersByTimeAsync(0);
    expect(live.getState()).toMatchObject({
      data: { apples: 1 },
      readAt: '2026-05-04T12:00:00.000Z',
      error: { message: 'connect ECONNREFUSED' },
    });
    failure = undefined;
    live.readNow();
    await jest.advanceTimersByTimeAsync(0);
    expect(live.getState().error).toBeUndefined();
    expect(live.getState().readAt).toBe('2026-05-04T12:00:01.000Z');
  });

  it('gives up a read that hangs', async () => {
    const { live, reading } = setup(() => new Promise(() => {}));
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(READ_TIMEOUT_MS);
    expect(live.getState()).toMatchObject({
      isReading: false,
      error: { message: 'No answer within 20 s' },
    });
    live.readNow();
    expect(reading).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['nothing is under way', undefined, POLL_MS],
    ['something has just moved', 0, SHORT_POLL_MS],
    ['something has waited for long', MOVING_MS, POLL_MS],
  ])('polls in time when %s', async (_, movedBefore, interval) => {
    const { live, reading } = setup(async () => ({ apples: 1 }), {
      movedAt: () =>
        movedBefore === undefined
          ? undefined
          : new Date(Date.now() - movedBefore).toISOString(),
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    await poll(live, interval - SHORT_POLL_MS);
    expect(reading).toHaveBeenCalledTimes(1);
    await poll(live, SHORT_POLL_MS);
    expect(reading).toHaveBeenCalledTimes(2);
  });

  it('waits longer after each failure, and not quite as long as others do', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    let isAway = true;
    const { live, reading } = setup(async () => {
      if (isAway) {
        throw new Error('connect ECONNREFUSED');
      }
      return { apples: 1 };
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    const pauses: number[] = [];
    for (let failures = 1; failures < 8; failures++) {
      let pause = 0;
      while (reading.mock.calls.length === failures) {
        pause += SHORT_POLL_MS;
        await poll(live, SHORT_POLL_MS);
      }
      pauses.push(pause / 1000);
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300]);

    // Others read sooner.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    await poll(live, MAX_BACKOFF_MS);
    expect(reading).toHaveBeenCalledTimes(9);
    isAway = false;
    await poll(live, MAX_BACKOFF_MS / 2);
    expect(live.getState().data).toEqual({ apples: 1 });
    await poll(live, POLL_MS);
    expect(reading).toHaveBeenCalledTimes(11);
    jest.restoreAllMocks();
  });

  it('does not read sooner after a failure because something changed', async () => {
    const { live, reading } = setup(async () => {
      throw new Error('connect ECONNREFUSED');
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    live.request({ delayMs: 50 });
    await jest.advanceTimersByTimeAsync(1000);
    expect(reading).toHaveBeenCalledTimes(1);
    live.readNow();
    expect(reading).toHaveBeenCalledTimes(2);
  });

  it('does not poll after a refusal, nor because something changed', async () => {
    const refusal = await ResponseError.fromResponse(
      new Response('{}', { status: 403 }),
    );
    const { live, reading } = setup(async () => {
      throw refusal;
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    await poll(live, 10 * POLL_MS);
    live.request({ delayMs: 50 });
    await jest.advanceTimersByTimeAsync(1000);
    expect(reading).toHaveBeenCalledTimes(1);
    live.readNow();
    expect(reading).toHaveBeenCalledTimes(2);
  });

  it('reads more, one at a time, and knows of a read in between', async () => {
    const more: ((data: Shop) => void)[] = [];
    let apples = 1;
    const { live } = setup(async () => ({ apples }), {
      readMore: async (_, current) => {
        const added = await new Promise<Shop>(resolve => more.push(resolve));
        return { apples: (current()?.apples ?? 0) + added.apples };
      },
    });
    live.subscribe(() => {});
    await jest.advanceTimersByTimeAsync(0);
    live.readMore();
    live.readMore();
    expect(more).toHaveLength(1);
    expect(live.getState().isReadingMore).toBe(true);

    apples = 5;
    live.readNow();
    await jest.advanceTimersByTimeAsync(0);
    more[0]({ apples: 10 });
    await jest.advanceTimersByTimeAsync(0);
    expect(live.getState()).toMatchObject({
      data: { apples: 15 },
      isReadingMore: false,
    });
  });

  it('aborts and resets when the last subscriber leaves, and can start again', async () => {
    const signals: AbortSignal[] = [];
    const { live, reading, onActive } = setup(async signal => {
      signals.push(signal);
      return { apples: 1 };
    });
    const listener = jest.fn();
    const leave = live.subscribe(listener);
    leave();
    leave();
    await jest.advanceTimersByTimeAsync(0);
    expect(signals[0].aborted).toBe(true);
    expect(live.getState().data).toBeUndefined();
    live.readNow();
    expect(reading).toHaveBeenCalledTimes(1);
    expect(onActive.mock.calls).toEqual([[true], [false]]);

    live.subscribe(listener);
    await jest.advanceTimersByTimeAsync(0);
    expect(live.getState().data).toEqual({ apples: 1 });
  });
});
