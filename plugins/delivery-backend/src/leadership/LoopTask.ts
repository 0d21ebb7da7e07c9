import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Duty } from './LeaderElection';
import { Loop, type LoopLimits } from './Loop';
import type { LoopRun } from './LoopRun';

/** @internal */
export interface LoopDutyOptions {
  /** What metrics call it. */
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
 * A duty that is a loop.
 *
 * @internal
 */
export abstract class LoopDuty implements Duty {
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

  /** There may be something to do. */
  kick(): void {
    this.loop?.kick();
  }

  protected abstract loopOptions(): LoopDutyOptions;

  /**
   * @param fence - for everything that the run writes
   */
  protected abstract run(run: LoopRun, fence: Fence): Promise<void>;
}
