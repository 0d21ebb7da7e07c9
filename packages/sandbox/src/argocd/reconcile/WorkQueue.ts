/** Number of keys worked on at a time. */
const LIMIT = 8;

/**
 * Runs work by key: never twice at once for the same key. Requests for a key
 * that is still pending are merged.
 */
export class WorkQueue {
  readonly #pending = new Map<
    string,
    { full: boolean; done: (() => void)[] }
  >();
  readonly #running = new Set<string>();
  #stopped = false;

  constructor(
    private readonly run: (key: string, full: boolean) => Promise<void>,
  ) {}

  /** Resolves when a run that began after this call has ended. */
  async add(key: string, full: boolean): Promise<void> {
    await new Promise<void>(resolve => {
      const known = this.#pending.get(key) ?? { full: false, done: [] };
      this.#pending.set(key, {
        full: full || known.full,
        done: [...known.done, resolve],
      });
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #next(): void {
    for (const [key, { full, done }] of this.#pending) {
      if (this.#stopped || this.#running.size >= LIMIT) {
        return;
      }
      if (!this.#running.has(key)) {
        this.#pending.delete(key);
        this.#running.add(key);
        // Never within the caller's stack: the caller may be notifying
        // listeners of a change, and the changes that the work makes must come
        // after that.
        Promise.resolve()
          .then(() => this.run(key, full))
          .finally(() => {
            this.#running.delete(key);
            done.forEach(resolve => resolve());
            this.#next();
          });
      }
    }
  }
}
