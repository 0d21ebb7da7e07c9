import { CoalescedTask } from './CoalescedTask';

describe('CoalescedTask', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs once for a burst, and once more for requests during the run', async () => {
    const ends: (() => void)[] = [];
    const task = jest.fn(() => new Promise<void>(end => ends.push(end)));
    const coalesced = new CoalescedTask(task);

    coalesced.request({ delayMs: 50 });
    coalesced.request({ delayMs: 50 });
    await jest.advanceTimersByTimeAsync(50);
    expect(task).toHaveBeenCalledTimes(1);

    coalesced.request({ delayMs: 50 });
    coalesced.request({ delayMs: 0 });
    await jest.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledTimes(1);

    ends[0]();
    await jest.advanceTimersByTimeAsync(0);
    expect(task).toHaveBeenCalledTimes(2);

    ends[1]();
    await jest.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it('runs when the earliest request is due', async () => {
    const task = jest.fn(async () => {});
    const coalesced = new CoalescedTask(task);

    coalesced.request({ delayMs: 10_000 });
    coalesced.request({ delayMs: 100 });
    coalesced.request({ delayMs: 5000 });
    await jest.advanceTimersByTimeAsync(99);
    expect(task).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(task).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(20_000);
    expect(task).toHaveBeenCalledTimes(1);
  });

  it('aborts the current run when stopped, and starts no other', async () => {
    const signals: AbortSignal[] = [];
    const coalesced = new CoalescedTask(async signal => {
      signals.push(signal);
    });
    coalesced.request({ delayMs: 0 });
    coalesced.request({ delayMs: 50 });
    coalesced.stop();
    coalesced.request({ delayMs: 0 });
    await jest.advanceTimersByTimeAsync(1000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
