import pLimit from 'p-limit';

/** Number of keys worked on at a time. */
const LIMIT = 8;

/**
 * Runs work by key: never twice at once for the same key. Requests for a key
 * that is still pending are merged.
 */
export class WorkQueue {
  readonly #limit = pLimit(LIMIT);
  readonly #pending = new Map<string, { full: boolean; done: Promise<void> }>();
  /** The last run of each key. */
  readonly #last = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(
    private readonly run: (key: string, full: boolean) => Promise<void>,
  ) {}

  /**
   * Resolves when a run that began after this call has ended. Never begins it
   * within the caller's stack: the caller may be notifying listeners of a
   * change, and the changes that the work makes must come after that.
   */
  async add(key: string, full: boolean): Promise<void> {
    const pending = this.#pending.get(key);
    if (pending) {
      pending.full ||= full;
      await pending.done;
      return;
    }
    const request = { full, done: Promise.resolve(this.#last.get(key)) };
    request.done = request.done.then(() =>
      this.#limit(async () => {
        this.#pending.delete(key);
        await (this.#stopped ? undefined : this.run(key, request.full));
      }),
    );
    this.#pending.set(key, request);
    this.#last.set(key, request.done);
    await request.done;
  }

  stop(): void {
    this.#stopped = true;
  }
}
