import { recordOf } from '../../dev/fixtures/actions';
import { refusal } from './__testUtils__/setupActions';
import { Attempt, type Send } from './Attempt';

const send = jest.fn<ReturnType<Send>, Parameters<Send>>();

beforeEach(() => {
  jest.resetAllMocks();
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

async function settled(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
}

function keys(): string[] {
  return send.mock.calls.map(([key]) => key);
}

describe('Attempt', () => {
  it('has a key that the backend accepts, and keeps the records', async () => {
    send.mockResolvedValue([recordOf()]);
    const attempt = new Attempt();
    attempt.start(send);
    expect(attempt.getState()).toEqual({ phase: 'sending' });
    await settled();
    expect(attempt.getState()).toEqual({
      phase: 'started',
      records: [recordOf()],
    });
    expect(keys()[0]).toMatch(/^[A-Za-z0-9_-]{16,128}$/);
  });

  it('sends with the same key until an answer comes', async () => {
    send.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    send.mockRejectedValueOnce(await refusal(504, 'Gateway timeout'));
    send.mockResolvedValue([recordOf()]);
    const attempt = new Attempt();
    attempt.start(send);
    await settled();
    expect(attempt.getState().phase).toBe('lost');
    await jest.advanceTimersByTimeAsync(5000);
    expect(attempt.getState().phase).toBe('lost');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(attempt.getState().phase).toBe('started');
    expect(new Set(keys()).size).toBe(1);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('sends at once when the browser is online again', async () => {
    send.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    send.mockResolvedValue([recordOf()]);
    const attempt = new Attempt();
    attempt.start(send);
    await settled();
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(attempt.getState().phase).toBe('started');
    await jest.advanceTimersByTimeAsync(600_000);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    [409, 'another'],
    [403, 'another'],
    [500, 'the same'],
    [503, 'the same'],
  ])('after a %d, sends with %s key', async (status, which) => {
    send.mockRejectedValueOnce(await refusal(status, 'no'));
    send.mockResolvedValue([recordOf()]);
    const attempt = new Attempt();
    attempt.start(send);
    await settled();
    expect(attempt.getState().phase).toBe('refused');
    attempt.start(send);
    await settled();
    expect(attempt.getState().phase).toBe('started');
    expect(new Set(keys()).size).toBe(which === 'another' ? 2 : 1);
  });

  it('sends nothing twice at a time, and nothing after it is stopped', async () => {
    send.mockRejectedValue(new TypeError('Failed to fetch'));
    const attempt = new Attempt();
    attempt.start(send);
    attempt.start(send);
    await settled();
    attempt.start(send);
    await settled();
    expect(send).toHaveBeenCalledTimes(1);
    attempt.stop();
    window.dispatchEvent(new Event('online'));
    await jest.advanceTimersByTimeAsync(600_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('finishes what is under way, and sends nothing after it', async () => {
    let lose: (cause: Error) => void = () => {};
    send.mockReturnValue(
      new Promise((_, reject) => {
        lose = reject;
      }),
    );
    const attempt = new Attempt();
    attempt.start(send);
    attempt.finish();
    const [[, signal]] = send.mock.calls;
    expect(signal.aborted).toBe(false);
    lose(new TypeError('Failed to fetch'));
    await jest.advanceTimersByTimeAsync(600_000);
    expect(attempt.getState().phase).toBe('lost');
    expect(send).toHaveBeenCalledTimes(1);
  });
});
