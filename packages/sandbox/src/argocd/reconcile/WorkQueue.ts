/** One waiting piece of work; requests for the same key are one. */
interface Waiting<T> {
  request: T;
  resolve: (() => void)[];
}

/** Runs work by key: never twice at once for one key, and only so many keys at a time. */
export class WorkQueue<T> {
  readonly #run: (key: string, request: T) => Promise<void>;
  readonly #merge: (a: T, b: T) => T;
  readonly #limit: number;
  readonly #waiting = new Map<string, Waiting<T>>();
  readonly #running = new Set<string>();
  #stopped = false;

  constructor(options: {
    run: (key: string, request: T) => Promise<void>;
    merge: (a: T, b: T) => T;
    limit: number;
  }) {
    this.#run = options.run;
    this.#merge = options.merge;
    this.#limit = options.limit;
  }

  /** Resolves when a run that began after this call is over. */
  async add(key: string, request: T): Promise<void> {
    await new Promise<void>(resolve => {
      const known = this.#waiting.get(key);
      this.#waiting.set(key, {
        request: known ? this.#merge(known.request, request) : request,
        resolve: [...(known?.resolve ?? []), resolve],
      });
      this.#next();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  start(): void {
    this.#stopped = false;
    this.#next();
  }

  #next(): void {
    if (this.#stopped) {
      return;
    }
    for (const [key, { request, resolve }] of this.#waiting) {
      if (this.#running.size >= this.#limit) {
        return;
      }
      if (!this.#running.has(key)) {
        this.#waiting.delete(key);
        this.#running.add(key);
        // Never inside of the call that asked for it: it may be telling others of
        // a change, and what the work changes must come after that.
        Promise.resolve()
          .then(() => this.#run(key, request))
          .finally(() => {
            this.#running.delete(key);
            resolve.forEach(done => done());
            this.#next();
          });
      }
    }
  }
}
