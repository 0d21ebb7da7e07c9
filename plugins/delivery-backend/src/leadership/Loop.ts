import type { LoggerService } from '@backstage/backend-plugin-api';
import { FencedError } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { LoopRun } from './LoopRun';

/**
 * How long a run may make no progress before it is cancelled, and how long a
 * cancelled run has to end before it is abandoned. Milliseconds.
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
  /** The label in metrics. Without it, runs are not counted. */
  task?: string;
  metrics?: DeliveryMetrics;
  limits?: LoopLimits;
}

/**
 * Repeats a piece of work, one run at a time: after a delay, or at once when
 * triggered. A trigger during a run starts another run afterwards. A failed run
 * is logged and doesn't end the loop. A run that hangs is logged and cancelled.
 * If it still doesn't end, it is abandoned and the next run starts.
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
  private triggered = false;
  private endPause: () => void = () => {};
  /** Starts the grace period of a cancelled run. */
  private expire: () => void = () => {};

  private constructor(private readonly options: LoopOptions) {
    this.limits = options.limits ?? DEFAULT_LIMITS;
    this.done = this.loop();
  }

  trigger(): void {
    this.triggered = true;
    this.endPause();
  }

  /** Resolves when the current run has ended or was abandoned. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.current?.cancel();
    this.expire();
    this.endPause();
    await this.done;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.triggered = false;
      await this.runOnce();
      if (!this.triggered && !this.stopped) {
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
            } s of being cancelled. Abandoning it; its further writes are refused`,
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
      `${name} made no progress for ${seconds} s. Cancelling and restarting it`,
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
        logger.warn(`${name} failed and will be retried: ${error}`);
      }
    }
    if (task) {
      metrics?.loopRan(task, outcome);
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      this.endPause = resolve;
      timer = setTimeout(resolve, milliseconds);
      timer.unref();
    });
    clearTimeout(timer);
  }
}
