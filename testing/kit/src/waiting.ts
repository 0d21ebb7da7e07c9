import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a busy machine. A wait ends as soon as its condition holds. */
const TIMEOUT_MS = 90_000;
const INTERVAL_MS = 10;

export interface WaitOptions {
  /** Default: 90 s. */
  timeoutMs?: number;
  /** The interval between attempts. Default: 10 ms. */
  intervalMs?: number;
  /** Added to the error message, for instance the last state. */
  detail?: () => string;
}

/**
 * Waits until a condition holds.
 *
 * @param what - the condition in words, for the error message
 * @throws Error with `what` and `detail` after the timeout; an error of the
 * condition immediately
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean> | boolean,
  options: WaitOptions = {},
): Promise<void> {
  const { timeoutMs = TIMEOUT_MS, intervalMs = INTERVAL_MS, detail } = options;
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) {
      const reason = detail ? `: ${detail()}` : '';
      throw new Error(
        `Timed out after ${timeoutMs / 1000} s waiting until ${what}${reason}`,
      );
    }
    await sleep(intervalMs);
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
  options: Omit<WaitOptions, 'detail'> = {},
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
