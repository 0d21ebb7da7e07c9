/** A wait ended because the process stops, not because its condition held. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/** Waits for conditions, which are checked on every notification. */
export class Waiter {
  readonly #checks = new Set<() => void>();
  #stopped = false;

  /** Checks all conditions, because something happened. */
  notify(): void {
    for (const check of [...this.#checks]) {
      check();
    }
  }

  /** Ends all waits. */
  stop(): void {
    this.#stopped = true;
    this.notify();
  }

  start(): void {
    this.#stopped = false;
  }

  /** Resolves once the condition holds, or after `timeoutMs`; rejects when stopped. */
  async until(condition: () => boolean, timeoutMs?: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const check = () => {
        if (!this.#stopped && !condition()) {
          return;
        }
        clearTimeout(timer);
        this.#checks.delete(check);
        if (this.#stopped) {
          reject(new Stopped());
        } else {
          resolve();
        }
      };
      this.#checks.add(check);
      if (timeoutMs !== undefined) {
        timer = setTimeout(() => {
          this.#checks.delete(check);
          resolve();
        }, timeoutMs);
      }
      check();
    });
  }
}
