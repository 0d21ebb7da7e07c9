/**
 * Coalesces a burst of requests into one run of a task. A run starts `delay`
 * milliseconds after the first request. Requests during a run cause one more
 * run after it. `stop` aborts the signal passed to the task and prevents
 * further runs.
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
