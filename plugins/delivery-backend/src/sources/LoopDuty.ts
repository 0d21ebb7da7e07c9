import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Duty } from './Leader';
import { Loop } from './Loop';

/**
 * A duty that is a loop.
 *
 * @internal
 */
export abstract class LoopDuty implements Duty {
  private loop?: Loop;

  start(): void {
    const { name, logger, everyMs } = this.loopOptions();
    this.loop = Loop.start({
      name,
      logger,
      delay: () => everyMs,
      run: signal => this.run(signal),
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

  protected abstract loopOptions(): {
    /** As in "… failed". */
    name: string;
    logger: LoggerService;
    /** Milliseconds between two runs. */
    everyMs: number;
  };

  protected abstract run(signal: AbortSignal): Promise<void>;
}
