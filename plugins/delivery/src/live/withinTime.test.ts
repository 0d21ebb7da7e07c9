import { withinTime } from './withinTime';

/** A request that never settles by itself. */
function hanging() {
  const signals: AbortSignal[] = [];
  return {
    signals,
    request: (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => {});
    },
  };
}

describe('withinTime', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('returns the answer, and clears its timer', async () => {
    const { signal } = new AbortController();
    await expect(withinTime(1000, signal, async () => 'answer')).resolves.toBe(
      'answer',
    );
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rejects with the error of the request', async () => {
    const { signal } = new AbortController();
    await expect(
      withinTime(1000, signal, async () => {
        throw new Error('connect ECONNREFUSED');
      }),
    ).rejects.toThrow('connect ECONNREFUSED');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('aborts a request that takes too long, and reports the limit', async () => {
    const { request, signals } = hanging();
    const failure = withinTime(
      2000,
      new AbortController().signal,
      request,
    ).catch(error => error);
    await jest.advanceTimersByTimeAsync(1999);
    expect(signals[0].aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(signals[0].aborted).toBe(true);
    expect(await failure).toEqual(new Error('No answer within 2 s'));
  });

  it('aborts the request when its caller does', async () => {
    const { request, signals } = hanging();
    const controller = new AbortController();
    const failure = withinTime(2000, controller.signal, request).catch(
      error => error,
    );
    controller.abort();
    expect(signals[0].aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(2000);
    expect(await failure).toEqual(new Error('No answer within 2 s'));
  });
});
