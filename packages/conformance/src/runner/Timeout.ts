import { TimeoutError, waitUntil } from '@landfall/testing-kit';
import { Difference, Prerequisite } from './Expectation';

/** The suite was asked to stop. */
export class Interrupted extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/** How long to wait for what the installation does on its own schedule. */
export class Timeout {
  /**
   * @param seconds - timeout for one condition
   * @param intervalMs - between two attempts
   * @param signal - aborts all waiting
   */
  constructor(
    readonly seconds: number,
    private readonly intervalMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Polls until the result satisfies a condition, and resolves to that result.
   *
   * @param options - `show`: what to report of the last result on a timeout
   * @throws Difference on a timeout
   */
  async until<T>(
    what: string,
    read: () => Promise<T>,
    condition: (value: T) => boolean,
    options: { show?: (value: T) => unknown; seconds?: number } = {},
  ): Promise<T> {
    const { show = (value: T): unknown => value } = options;
    const seconds = options.seconds ?? this.seconds;
    let last: { value: T } | { error: Error } | undefined;
    try {
      await waitUntil(
        what,
        async () => {
          last = await attempt(read);
          return 'value' in last && condition(last.value);
        },
        {
          timeoutMs: seconds * 1000,
          intervalMs: this.intervalMs,
          signal: this.signal,
        },
      );
    } catch (error) {
      this.check();
      if (error instanceof TimeoutError) {
        throw new Difference(`timed out after ${seconds} s: ${what}`, {
          got:
            last && ('value' in last ? show(last.value) : last.error.message),
        });
      }
      throw error;
    }
    if (!last || 'error' in last) {
      throw new Error(`The condition holds without a value: ${what}`);
    }
    return last.value;
  }

  /** @throws Interrupted once the signal is aborted */
  check(): void {
    if (this.signal.aborted) {
      throw new Interrupted();
    }
  }
}

/**
 * A connection error while waiting doesn't end it: the next attempt may
 * succeed.
 */
async function attempt<T>(
  read: () => Promise<T>,
): Promise<{ value: T } | { error: Error }> {
  try {
    return { value: await read() };
  } catch (error) {
    const isVerdict =
      error instanceof Difference ||
      error instanceof Prerequisite ||
      error instanceof Interrupted;
    if (isVerdict || !(error instanceof Error)) {
      throw error;
    }
    return { error };
  }
}
