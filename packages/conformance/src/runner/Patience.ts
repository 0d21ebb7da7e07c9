import { setTimeout as pause } from 'node:timers/promises';
import { Difference, Prerequisite } from './Belief';

/** The suite is told to end. */
export class Interrupted extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/** How long to wait for what the installation does in its own time. */
export class Patience {
  /**
   * @param seconds - for one condition
   * @param intervalMs - between two looks
   * @param signal - ends all waiting
   */
  constructor(
    readonly seconds: number,
    private readonly intervalMs: number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Looks until the answer satisfies a condition, and resolves to that answer.
   *
   * @param options - `show`: what of the last answer to tell when it never does
   * @throws Difference when patience ends
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

  /** @throws Interrupted once the run is to end */
  check(): void {
    if (this.signal.aborted) {
      throw new Interrupted();
    }
  }
}

/** A connection that breaks while waiting is no answer: the next look may have one. */
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
