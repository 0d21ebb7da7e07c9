import type { LoggerService } from '@backstage/backend-plugin-api';
import { FencedError } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { LoopRun } from './LoopRun';

/**
 * How long a run may go on without progress before it is cancelled, and how long
 * a cancelled run is waited for before it is abandoned; milliseconds.
 *
 * @internal
 */
export interface LoopLimits {
  hangMs: number;
  graceMs: number;
}

const DEFAULT_LIMITS: LoopLimits = { hangMs: 300_000, graceMs: 10_000 };

/** @internal */
export interface LoopOptions {
  /** As in "… failed". */
  name: string;
  logger: LoggerService;
  /** Milliseconds until the next run. */
  delay: () => number;
  run: (run: LoopRun) => Promise<void>;
  /** What metrics call it; without, its runs are not counted. */
  task?: string;
  metrics?: DeliveryMetrics;
  limits?: LoopLimits;
}

/**
 * Does the same thing again and again, one run at a time: after a delay, or at
 * once when kicked. A kick during a run has another run follow. A run that
 * fails is logged and doesn't end the loop. A run that hangs is logged, cancelled
 * and, if that doesn't help, abandoned, and the next one begins.
 *
 * @internal
 */
export class Loop {
  static start(options: LoopOptions): Loop {
    return new Loop(options);
  }

  private readonly done: Promise<void>;
  private readonly limits: LoopLimits;
  private stopped = false;
  private current?: LoopRun;
  private kicked = false;
  private wake: () => void = () => {};
  /** Begins to wait for the end of a run that was cancelled. */
  private expire: () => void = () => {};

  private constructor(private readonly options: LoopOptions) {
    this.limits = options.limits ?? DEFAULT_LIMITS;
    this.done = this.loop();
  }

  kick(): void {
    this.kicked = true;
    this.wake();
  }

  /** Resolves when no run is under way any more, or it was abandoned. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.current?.cancel();
    this.expire();
    this.wake();
    await this.done;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.kicked = false;
      await this.runOnce();
      if (!this.kicked && !this.stopped) {
        await this.pause(this.options.delay());
      }
    }
  }

  private async runOnce(): Promise<void> {
    const { name, logger } = this.options;
    const { hangMs, graceMs } = this.limits;
    const watchdog = setTimeout(() => this.cancelHung(), hangMs);
    watchdog.unref();
    const run = new LoopRun(() => watchdog.refresh());
    let grace: NodeJS.Timeout | undefined;
    const abandoned = new Promise<void>(resolve => {
      this.expire = () => {
        grace ??= setTimeout(() => {
          logger.warn(
            `${name} did not end within ${
              graceMs / 1000
            } s of being cancelled. It is abandoned, and nothing that it still does is stored`,
          );
          run.abandon(new Error('The run was abandoned'));
          resolve();
        }, graceMs);
      };
    });
    this.current = run;
    try {
      await Promise.race([this.attempt(run), abandoned]);
    } finally {
      this.expire = () => {};
      this.current = undefined;
      clearTimeout(watchdog);
      clearTimeout(grace);
    }
  }

  private cancelHung(): void {
    const { name, logger, metrics, task } = this.options;
    const seconds = this.limits.hangMs / 1000;
    if (!this.current || this.current.signal.aborted) {
      return;
    }
    logger.warn(
      `${name} has made no progress for ${seconds} s, so it is cancelled and started again`,
    );
    if (task) {
      metrics?.loopHung(task);
    }
    this.current.cancel(new Error(`No progress for ${seconds} s`));
    this.expire();
  }

  /** Never rejects. */
  private async attempt(run: LoopRun): Promise<void> {
    const { name, logger, metrics, task } = this.options;
    let outcome: 'ok' | 'failed' | 'fenced' = 'ok';
    try {
      await this.options.run(run);
    } catch (error) {
      outcome = error instanceof FencedError ? 'fenced' : 'failed';
      if (outcome === 'fenced') {
        logger.debug(`${name} stopped: ${error}`);
      } else if (!run.signal.aborted) {
        logger.warn(`${name} failed and will be tried again: ${error}`);
      }
    }
    if (task) {
      metrics?.loopRan(task, outcome);
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
