import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a busy machine. A wait ends as soon as its condition holds. */
const TIMEOUT_MS = 90_000;
const INTERVAL_MS = 10;

/** A condition didn't hold within its timeout. */
export class TimeoutError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TimeoutError';
  }
}

export interface WaitOptions {
  /** Default: 90 s. */
  timeoutMs?: number;
  /** The interval between attempts. Default: 10 ms. */
  intervalMs?: number;
  /** Added to the error message, for instance the last state. */
  detail?: () => string;
  /** Ends the wait. */
  signal?: AbortSignal;
}

/**
 * Waits until a condition holds.
 *
 * @param what - the condition in words, for the error message
 * @throws TimeoutError with `what` and `detail` after the timeout; an error of
 * the condition, or the reason of an aborted signal, immediately
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean> | boolean,
  options: WaitOptions = {},
): Promise<void> {
  const { timeoutMs = TIMEOUT_MS, intervalMs = INTERVAL_MS, detail } = options;
  const { signal } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await condition()) {
      return;
    }
    if (Date.now() >= deadline) {
      const reason = detail ? `: ${detail()}` : '';
      throw new TimeoutError(
        `Timed out after ${timeoutMs / 1000} s waiting until ${what}${reason}`,
      );
    }
    await sleep(intervalMs, undefined, { signal });
  }
}

/**
 * Retries until `probe` doesn't throw, and resolves to its result. Assertions
 * inside `probe` thus wait until they hold.
 *
 * @throws the last error of `probe` after the timeout
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  options: Pick<WaitOptions, 'timeoutMs' | 'intervalMs'> = {},
): Promise<T> {
  const { timeoutMs = TIMEOUT_MS, intervalMs = INTERVAL_MS } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() >= deadline) {
        throw error;
      }
      await sleep(intervalMs);
    }
  }
}
