import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a condition, looking at it again and again.
 *
 * @param what - the condition in words, for the message
 * @throws Error with `what` and what `detail` says, when the time is over; and whatever the condition throws
 */
export async function waitUntil(
  what: string,
  options: {
    condition: () => Promise<boolean> | boolean;
    timeoutMs: number;
    everyMs?: number;
    /** What is missing, when the time is over. */
    detail?: () => string;
  },
): Promise<void> {
  const { condition, timeoutMs, everyMs = 100, detail } = options;
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() >= deadline) {
      throw new Error(
        `Waited ${timeoutMs / 1000} s in vain until ${what}${
          detail ? `: ${detail()}` : ''
        }`,
      );
    }
    await sleep(everyMs);
  }
}
