import { setTimeout as pause } from 'node:timers/promises';
import { Difference, Prerequisite } from './Belief';

/** The suite was asked to stop. */
export class Interrupted extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/** How long to wait for what the installation does on its own schedule. */
export class Patience {
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
    look: () => Promise<T>,
    condition: (value: T) => boolean,
    options: { show?: (value: T) => unknown; seconds?: number } = {},
  ): Promise<T> {
    const seconds = options.seconds ?? this.seconds;
    const { show = (value: T): unknown => value } = options;
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      this.check();
      const seen = await attempt(look);
      if ('value' in seen && condition(seen.value)) {
        return seen.value;
      }
      if (Date.now() >= deadline) {
        throw new Difference(`waited ${seconds} s, but never: ${what}`, {
          got: 'value' in seen ? show(seen.value) : seen.error.message,
        });
      }
      try {
        await pause(this.intervalMs, undefined, { signal: this.signal });
      } catch {
        throw new Interrupted();
      }
    }
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
  look: () => Promise<T>,
): Promise<{ value: T } | { error: Error }> {
  try {
    return { value: await look() };
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
