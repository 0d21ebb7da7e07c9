import { CoalescedTask } from './CoalescedTask';

describe('CoalescedTask', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs once for a burst, and once more for what comes meanwhile', async () => {
    const ends: (() => void)[] = [];
    const task = jest.fn(() => new Promise<void>(end => ends.push(end)));
    const coalesced = new CoalescedTask(task, 50);

    coalesced.request();
    coalesced.request();
    await jest.advanceTimersByTimeAsync(50);
    expect(task).toHaveBeenCalledTimes(1);

    coalesced.request();
    coalesced.request({ immediately: true });
    await jest.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledTimes(1);

    ends[0]();
    await jest.advanceTimersByTimeAsync(50);
    expect(task).toHaveBeenCalledTimes(2);

    ends[1]();
    await jest.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it('runs no more once it is stopped, and aborts what runs', async () => {
    const signals: AbortSignal[] = [];
    const coalesced = new CoalescedTask(async signal => {
      signals.push(signal);
    }, 50);
    coalesced.request({ immediately: true });
    coalesced.request();
    coalesced.stop();
    coalesced.request({ immediately: true });
    await jest.advanceTimersByTimeAsync(1000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
