/** A wait ended because the process stops, not because its condition held. */
export class Stopped extends Error {}

/** Waits for conditions, which are checked on every notification. */
export class Waiter {
  readonly #checks = new Set<() => void>();
  #stopped = false;

  /** Checks all conditions, because something happened. */
  notify(): void {
    [...this.#checks].forEach(check => check());
  }

  /** Ends all waits. */
  stop(): void {
    this.#stopped = true;
    this.notify();
  }

  /** Resolves once the condition holds, or after `timeoutMs`; rejects when stopped. */
  async until(condition: () => boolean, timeoutMs?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let check = () => {};
    await new Promise<void>(resolve => {
      check = () => {
        if (this.#stopped || condition()) {
          resolve();
        }
      };
      this.#checks.add(check);
      if (timeoutMs !== undefined) {
        timer = setTimeout(resolve, timeoutMs);
      }
      check();
    });
    clearTimeout(timer);
    this.#checks.delete(check);
    if (this.#stopped) {
      throw new Stopped('stopped');
    }
  }
}
