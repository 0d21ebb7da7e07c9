import { setTimeout as pause } from 'node:timers/promises';
import { Difference } from './Belief';

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
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      this.check();
      const value = await look();
      if (condition(value)) {
        return value;
      }
      if (Date.now() >= deadline) {
        throw new Difference(`waited ${seconds} s, but never: ${what}`, {
          got: options.show ? options.show(value) : value,
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
