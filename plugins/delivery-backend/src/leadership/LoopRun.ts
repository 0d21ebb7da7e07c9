import { withDeadline } from '@landfall/backstage-plugin-delivery-node';

/**
 * One run of a loop, or a part of one, for the work in it.
 *
 * @internal
 */
export class LoopRun {
  private readonly cancelling = new AbortController();
  private readonly abandoning = new AbortController();

  /** @param onProgress - called when the run makes progress */
  constructor(private readonly onProgress: () => void = () => {}) {}

  /** Aborted when the run should end soon. It may still write its results. */
  get signal(): AbortSignal {
    return this.cancelling.signal;
  }

  /** Aborted when nobody waits for the run any more. It must not write. */
  get abandoned(): AbortSignal {
    return this.abandoning.signal;
  }

  /** Reports that a part of the work is done. Without it, a long run counts as hung. */
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
   * Does a part of the work within a time limit. After that, the part is abandoned
   * and the promise rejects, even if `work` ignores its signal. The part is
   * cancelled and abandoned with this run.
   *
   * @param timeoutMs - from now
   * @param subject - what takes too long, as in "… took longer than 10 s"
   */
  async within<T>(
    timeoutMs: number,
    subject: string,
    work: (part: LoopRun) => Promise<T>,
  ): Promise<T> {
    const part = new LoopRun();
    const cancel = () => part.cancel(this.signal.reason);
    if (this.signal.aborted) {
      cancel();
    }
    this.signal.addEventListener('abort', cancel, { once: true });
    try {
      return await withDeadline(
        {
          signal: this.abandoned,
          timeoutMs,
          timeoutError: () =>
            new Error(`${subject} took longer than ${timeoutMs / 1000} s`),
        },
        async ({ signal }) => {
          signal.addEventListener('abort', () => part.abandon(signal.reason), {
            once: true,
          });
          return work(part);
        },
      );
    } finally {
      this.signal.removeEventListener('abort', cancel);
    }
  }
}
