/**
 * Runs a task on request, so that a burst of requests costs one run: a run
 * begins `delay` after the first request; requests that come while a run is on
 * lead to one more run after it. The task gets a signal that is aborted by
 * `stop`, after which nothing runs any more.
 *
 * @internal
 */
export class CoalescedTask {
  readonly #task: (signal: AbortSignal) => Promise<void>;
  readonly #delay: number;
  readonly #controller = new AbortController();
  #timer?: ReturnType<typeof setTimeout>;
  #running = false;
  #again = false;

  constructor(task: (signal: AbortSignal) => Promise<void>, delay: number) {
    this.#task = task;
    this.#delay = delay;
  }

  request(options: { immediately?: boolean } = {}): void {
    if (this.#controller.signal.aborted) {
      return;
    }
    if (this.#running) {
      this.#again = true;
    } else if (options.immediately) {
      clearTimeout(this.#timer);
      void this.#run();
    } else {
      this.#timer ??= setTimeout(() => void this.#run(), this.#delay);
    }
  }

  stop(): void {
    this.#controller.abort();
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#running = true;
    try {
      await this.#task(this.#controller.signal);
    } finally {
      this.#running = false;
      if (this.#again) {
        this.#again = false;
        this.request();
      }
    }
  }
}
