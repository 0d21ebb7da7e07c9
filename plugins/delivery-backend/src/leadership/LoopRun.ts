/**
 * One run of a loop, or a part of one, as the work in it sees it.
 *
 * @internal
 */
export class LoopRun {
  private readonly cancelling = new AbortController();
  private readonly abandoning = new AbortController();

  /** @param onProgress - called when the run shows that it does not hang */
  constructor(private readonly onProgress: () => void = () => {}) {}

  /** Aborted when the run is to end soon; it may still write what it has. */
  get signal(): AbortSignal {
    return this.cancelling.signal;
  }

  /** Aborted when nobody waits for the run any more: it must not write. */
  get abandoned(): AbortSignal {
    return this.abandoning.signal;
  }

  /** A part of the work is done. A run that goes on without this hangs. */
  progress(): void {
    this.onProgress();
  }

  cancel(reason?: unknown): void {
    this.cancelling.abort(reason);
  }

  abandon(reason?: unknown): void {
    this.cancelling.abort(reason);
    this.abandoning.abort(reason);
  }

  /**
   * Does a part of the work within a time: after that, the part is abandoned
   * and the promise rejects, even if `work` does not heed its signal. The part is
   * cancelled and abandoned with this run.
   *
   * @param milliseconds - from now
   * @param subject - what takes too long, as in "… took longer than 10 s"
   */
  async within<T>(
    milliseconds: number,
    subject: string,
    work: (part: LoopRun) => Promise<T>,
  ): Promise<T> {
    const part = new LoopRun();
    const cancel = () => part.cancel(this.signal.reason);
    const abandon = () => part.abandon(this.abandoned.reason);
    if (this.signal.aborted) {
      cancel();
    }
    if (this.abandoned.aborted) {
      abandon();
    }
    this.signal.addEventListener('abort', cancel);
    this.abandoned.addEventListener('abort', abandon);
    const timer = setTimeout(
      () =>
        part.abandon(
          new Error(`${subject} took longer than ${milliseconds / 1000} s`),
        ),
      milliseconds,
    );
    timer.unref();
    try {
      return await Promise.race([rejected(part.abandoned), work(part)]);
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', cancel);
      this.abandoned.removeEventListener('abort', abandon);
    }
  }
}

/** Rejects when the signal aborts. */
function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
    }
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
