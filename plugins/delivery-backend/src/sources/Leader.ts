import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { acquireLease, releaseLease } from '../store/operations/leases/leases';
import type { Fence } from '../tracker/types';
import { Loop } from './Loop';

/**
 * How long a lease lasts without being renewed, so how long a dead replica is
 * waited for; and how often it is renewed. Milliseconds.
 *
 * @internal
 */
export interface LeaseTimes {
  ttlMs: number;
  renewMs: number;
}

/** @internal */
export const DEFAULT_LEASE_TIMES: LeaseTimes = { ttlMs: 5000, renewMs: 1500 };

/**
 * What only one replica may do at a time.
 *
 * @internal
 */
export interface Duty {
  start(fence: Fence): void;
  /** Resolves when it does nothing any more. */
  stop(): Promise<void>;
}

/**
 * Does a duty while this replica holds the lease for it, and tries to get the
 * lease otherwise.
 *
 * @internal
 */
export class Leader {
  static start(options: {
    name: string;
    owner: string;
    duty: Duty;
    database: DeliveryDatabase;
    logger: LoggerService;
    times?: LeaseTimes;
  }): Leader {
    return new Leader(options);
  }

  private readonly loop: Loop;
  private readonly fence: Fence;
  private readonly times: LeaseTimes;
  private leading = false;
  private heldUntil = 0;

  private constructor(
    private readonly options: Parameters<typeof Leader.start>[0],
  ) {
    this.times = options.times ?? DEFAULT_LEASE_TIMES;
    this.fence = { name: options.name, owner: options.owner };
    this.loop = Loop.start({
      name: `Renewing the lease '${options.name}'`,
      logger: options.logger,
      delay: () => this.times.renewMs * (0.8 + 0.4 * Math.random()),
      run: () => this.renew(),
    });
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.resign();
    try {
      await releaseLease(this.options.database.knex, this.fence);
    } catch (error) {
      this.options.logger.warn(
        `Couldn't release the lease '${this.fence.name}', it expires by itself: ${error}`,
      );
    }
  }

  private async renew(): Promise<void> {
    const { database, logger, duty } = this.options;
    const asked = Date.now();
    let held: boolean;
    try {
      held = await acquireLease(database.knex, {
        ...this.fence,
        ttlMs: this.times.ttlMs,
      });
    } catch (error) {
      if (Date.now() >= this.heldUntil) {
        await this.resign();
      }
      throw error;
    }
    if (held) {
      this.heldUntil = asked + this.times.ttlMs;
      if (!this.leading) {
        this.leading = true;
        logger.info(`This replica holds the lease '${this.fence.name}' now`);
        duty.start(this.fence);
      }
    } else {
      await this.resign();
    }
  }

  private async resign(): Promise<void> {
    if (this.leading) {
      this.leading = false;
      await this.options.duty.stop();
    }
  }
}
