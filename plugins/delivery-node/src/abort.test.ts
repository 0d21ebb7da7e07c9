import { getEventListeners } from 'node:events';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { follow, IdleTimeout, unlessAborted, withDeadline } from './abort';

const NEVER = new Promise<never>(() => {});
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, 'abort');

describe('unlessAborted', () => {
  it('does not start work when the signal has already aborted', async () => {
    const begin = jest.fn();
    await expect(
      unlessAborted(AbortSignal.abort(new Error('stopped')), begin),
    ).rejects.toThrow('stopped');
    expect(begin).not.toHaveBeenCalled();
  });

  it('stops waiting when the signal aborts, and removes its listener', async () => {
    const controller = new AbortController();
    const waiting = unlessAborted(controller.signal, () => NEVER);
    controller.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    expect(listenersOf(controller.signal)).toEqual([]);
  });

  it('returns the result of the work, with and without a signal', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(signal, async () => 1)).toBe(1);
    expect(await unlessAborted(undefined, async () => 2)).toBe(2);
    expect(listenersOf(signal)).toEqual([]);
  });
});

describe('follow', () => {
  it('aborts with the parent’s reason until it is unfollowed', () => {
    const parent = new AbortController();
    const [first, second] = [new AbortController(), new AbortController()];
    follow(parent.signal, first);
    follow(parent.signal, second)();
    parent.abort('because');
    expect(first.signal.reason).toBe('because');
    expect(second.signal.aborted).toBe(false);
  });

  it('aborts at once when the parent has already aborted', () => {
    const controller = new AbortController();
    follow(AbortSignal.abort('because'), controller);
    expect(controller.signal.reason).toBe('because');
  });
});

describe('withDeadline', () => {
  const timeoutError = () => new Error('too late');

  it('rejects at the deadline even if the work ignores its signal', async () => {
    let seen: AbortSignal | undefined;
    await expect(
      withDeadline({ timeoutMs: 5, timeoutError }, async ({ signal }) => {
        seen = signal;
        return NEVER;
      }),
    ).rejects.toThrow('too late');
    expect(seen?.reason).toEqual(new Error('too late'));
  });

  it('rejects with the signal’s reason when it aborts', async () => {
    const parent = new AbortController();
    const work = withDeadline(
      { signal: parent.signal, timeoutMs: 60_000, timeoutError },
      () => NEVER,
    );
    parent.abort(new Error('stopped'));
    await expect(work).rejects.toThrow('stopped');
  });

  it('leaves no listener on a long-lived signal', async () => {
    const { signal } = new AbortController();
    const options = { signal, timeoutMs: 60_000, timeoutError };
    await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        withDeadline(options, async () => {
          if (index % 2 === 0) {
            throw new Error('failed');
          }
        }),
      ),
    );
    expect(listenersOf(signal)).toEqual([]);
  });
});

describe('IdleTimeout', () => {
  it('reports a silent source', async () => {
    const controller = new AbortController();
    const idle = new IdleTimeout(5, () => controller.abort('silent'));
    await expect(
      unlessAborted(controller.signal, () => idle.wait(() => NEVER)),
    ).rejects.toBe('silent');
  });

  it('does not count the consumer’s own time', async () => {
    const onIdle = jest.fn();
    const received: number[] = [];
    async function* parts() {
      yield* [1, 2, 3];
    }
    for await (const part of new IdleTimeout(5, onIdle).each(parts())) {
      received.push(part);
      await sleep(20);
    }
    expect(received).toEqual([1, 2, 3]);
    expect(onIdle).not.toHaveBeenCalled();
  });

  it('does not report data that arrived while the event loop was blocked', async () => {
    const onIdle = jest.fn();
    const idle = new IdleTimeout(5, onIdle);
    await idle.wait(async () => {
      const answer = stat('.');
      const begin = performance.now();
      // After this, both the timeout and the answer are due.
      while (performance.now() - begin < 50);
      await answer;
    });
    await sleep(10);
    expect(onIdle).not.toHaveBeenCalled();
  });

  it('ends the source when the consumer stops early', async () => {
    const ended = jest.fn();
    async function* parts() {
      try {
        yield* [1, 2, 3];
      } finally {
        ended();
      }
    }
    for await (const part of new IdleTimeout(60_000, () => {}).each(parts())) {
      expect(part).toBe(1);
      break;
    }
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
