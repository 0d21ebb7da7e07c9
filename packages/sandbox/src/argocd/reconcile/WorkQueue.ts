import pLimit from 'p-limit';

/** Number of keys worked on at a time. */
const LIMIT = 8;

/**
 * Runs work by key: never twice at once for the same key. Requests for a key
 * that is still pending are merged.
 */
export class WorkQueue {
  readonly #limit = pLimit(LIMIT);
  readonly #pending = new Map<string, { full: boolean; run: Promise<void> }>();
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(
    private readonly run: (key: string, full: boolean) => Promise<void>,
  ) {}

  /** Resolves when a run that began after this call has ended. */
  async add(key: string, full: boolean): Promise<void> {
    const pending = this.#pending.get(key);
    if (pending) {
      pending.full ||= full;
      return pending.run;
    }
    // Never within the caller's stack: the caller may be notifying listeners of
    // a change, and the changes that the work makes must come after that.
    const run = Promise.resolve(this.#running.get(key))
      .catch(() => {})
      .then(() => this.#limit(() => this.#start(key)));
    this.#pending.set(key, { full, run });
    return run;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #start(key: string): Promise<void> {
    const { full = false, run = Promise.resolve() } =
      this.#pending.get(key) ?? {};
    this.#pending.delete(key);
    if (!this.#stopped) {
      this.#running.set(key, run);
      await this.run(key, full);
    }
  }
}
