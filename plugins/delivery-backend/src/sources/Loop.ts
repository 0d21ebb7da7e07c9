import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Does the same thing again and again, one run at a time: after a delay, or at
 * once when kicked. A kick during a run has another run follow. A run that
 * fails is logged and doesn't end the loop.
 *
 * @internal
 */
export class Loop {
  static start(options: {
    name: string;
    logger: LoggerService;
    /** Milliseconds until the next run. */
    delay: () => number;
    run: (signal: AbortSignal) => Promise<void>;
  }): Loop {
    return new Loop(options);
  }

  private readonly abort = new AbortController();
  private readonly done: Promise<void>;
  private kicked = false;
  private wake: () => void = () => {};

  private constructor(
    private readonly options: Parameters<typeof Loop.start>[0],
  ) {
    this.done = this.loop();
  }

  kick(): void {
    this.kicked = true;
    this.wake();
  }

  /** Resolves when no run is under way any more. */
  async stop(): Promise<void> {
    this.abort.abort();
    this.wake();
    await this.done;
  }

  private async loop(): Promise<void> {
    const { name, logger, delay, run } = this.options;
    const { signal } = this.abort;
    while (!signal.aborted) {
      this.kicked = false;
      try {
        await run(signal);
      } catch (error) {
        if (!signal.aborted) {
          logger.warn(`${name} failed and will be tried again: ${error}`);
        }
      }
      if (!this.kicked && !signal.aborted) {
        await this.pause(delay());
      }
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
      timer.unref();
    });
    clearTimeout(timer);
  }
}
