import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { LeaderTask } from './LeaderElection';
import { Loop, type LoopLimits } from './Loop';
import type { LoopRun } from './LoopRun';

/** @internal */
export interface LoopTaskOptions {
  /** The label in metrics. */
  task: string;
  /** As in "… failed". */
  name: string;
  logger: LoggerService;
  /** Milliseconds between two runs. */
  everyMs: number;
  metrics?: DeliveryMetrics;
  limits?: LoopLimits;
}

/**
 * A leader task that is a loop.
 *
 * @internal
 */
export abstract class LoopTask implements LeaderTask {
  private loop?: Loop;

  start(fence: Fence): void {
    const { everyMs, ...options } = this.loopOptions();
    this.loop = Loop.start({
      ...options,
      delay: () => everyMs,
      run: run => this.run(run, { ...fence, abandoned: run.abandoned }),
    });
  }

  async stop(): Promise<void> {
    const { loop } = this;
    this.loop = undefined;
    await loop?.stop();
  }

  /** Starts a run now, or right after the current one. */
  trigger(): void {
    this.loop?.trigger();
  }

  protected abstract loopOptions(): LoopTaskOptions;

  /**
   * @param fence - the run must pass it with every write
   */
  protected abstract run(run: LoopRun, fence: Fence): Promise<void>;
}
