/**
 * Coalesces a burst of requests into one run of a task, which starts when the
 * earliest of them is due. Requests during a run cause one more run after it.
 * `stop` aborts the signal passed to the task and prevents further runs.
 *
 * @internal
 */
export class CoalescedTask {
  readonly #task: (signal: AbortSignal) => Promise<void>;
  readonly #controller = new AbortController();
  #timer?: ReturnType<typeof setTimeout>;
  #dueAt = Infinity;
  #running = false;
  /** The shortest delay that was requested during a run. */
  #nextDelayMs?: number;

  constructor(task: (signal: AbortSignal) => Promise<void>) {
    this.#task = task;
  }

  /** @param options.delayMs - 0: at once */
  request({ delayMs }: { delayMs: number }): void {
    if (this.#controller.signal.aborted) {
      return;
    }
    if (this.#running) {
      this.#nextDelayMs = Math.min(this.#nextDelayMs ?? Infinity, delayMs);
      return;
    }
    const dueAt = Date.now() + delayMs;
    if (this.#timer !== undefined && this.#dueAt <= dueAt) {
      return;
    }
    clearTimeout(this.#timer);
    if (delayMs === 0) {
      void this.#run();
    } else {
      this.#dueAt = dueAt;
      this.#timer = setTimeout(() => void this.#run(), delayMs);
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
      const delayMs = this.#nextDelayMs;
      this.#nextDelayMs = undefined;
      if (delayMs !== undefined) {
        this.request({ delayMs });
      }
    }
  }
}
