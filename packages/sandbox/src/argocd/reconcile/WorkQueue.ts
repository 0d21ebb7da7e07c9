/** Pending work for a key; requests for the same key are merged. */
interface Waiting<T> {
  request: T;
  resolve: (() => void)[];
}

/**
 * Runs work by key: never twice at once for the same key, and for a limited
 * number of keys at a time.
 */
export class WorkQueue<T> {
  readonly #waiting = new Map<string, Waiting<T>>();
  readonly #running = new Set<string>();
  #stopped = false;

  constructor(
    private readonly options: {
      run: (key: string, request: T) => Promise<void>;
      merge: (a: T, b: T) => T;
      limit: number;
    },
  ) {}

  /** Resolves when a run that began after this call has ended. */
  async add(key: string, request: T): Promise<void> {
    await new Promise<void>(resolve => {
      const known = this.#waiting.get(key);
      this.#waiting.set(key, {
        request: known ? this.options.merge(known.request, request) : request,
        resolve: [...(known?.resolve ?? []), resolve],
      });
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #next(): void {
    const { run, limit } = this.options;
    for (const [key, { request, resolve }] of this.#waiting) {
      if (this.#stopped || this.#running.size >= limit) {
        return;
      }
      if (!this.#running.has(key)) {
        this.#waiting.delete(key);
        this.#running.add(key);
        // Never within the caller's stack: the caller may be notifying
        // listeners of a change, and the changes that the work makes must come
        // after that.
        Promise.resolve()
          .then(() => run(key, request))
          .finally(() => {
            this.#running.delete(key);
            resolve.forEach(done => done());
            this.#next();
          });
      }
    }
  }
}
