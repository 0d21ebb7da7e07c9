import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { acquireLease, releaseLease } from '../store/operations/leases';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { Loop } from './Loop';
import type { LoopRun } from './LoopRun';

/**
 * How long a lease lasts without being renewed, so how long a dead replica is
 * waited for, and how often it is renewed. Milliseconds.
 *
 * @internal
 */
export interface LeaseTimes {
  ttlMs: number;
  renewMs: number;
}

const DEFAULT_TTL_MS = 20_000;

/**
 * Three attempts to renew a lease fit into its duration: default 20 seconds, so
 * that a process may stand still for 10 seconds at any moment.
 *
 * @internal
 */
export function leaseTimes(ttlMs = DEFAULT_TTL_MS): LeaseTimes {
  return { ttlMs, renewMs: ttlMs / 3 };
}

/** How often a replica asks for a lease that another one holds: one that is released is taken soon. */
const STANDBY_MS = 2000;

/** Longer than the loops of a duty are waited for when it stops. */
const RENEWAL_GRACE_MS = 15_000;

/**
 * What only one replica may do at a time.
 *
 * @internal
 */
export interface Duty {
  /**
   * @param fence - of this term, for everything that the duty writes
   */
  start(fence: Fence): void;
  /** Resolves when it does nothing any more. */
  stop(): Promise<void>;
}

/** @internal */
export interface LeaderOptions {
  name: string;
  /** This replica. */
  owner: string;
  duty: Duty;
  database: DeliveryDatabase;
  logger: LoggerService;
  times: LeaseTimes;
  metrics?: DeliveryMetrics;
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number;
}

/**
 * Does a duty while this replica holds the lease for it, and tries to get the
 * lease otherwise. Each term has a fence of its own, so nothing that an earlier
 * one left behind can write in a later one.
 *
 * @internal
 */
export class Leader {
  static start(options: LeaderOptions): Leader {
    return new Leader(options);
  }

  private readonly loop: Loop;
  private readonly now: () => number;
  private fence: Fence;
  private leading = false;
  private renewedAt = 0;
  /** When the next renewal is to begin. */
  private dueAt = Infinity;

  private constructor(private readonly options: LeaderOptions) {
    this.now = options.now ?? (() => performance.now());
    this.fence = this.nextTerm();
    this.loop = Loop.start({
      name: `Renewing the lease '${options.name}'`,
      logger: options.logger,
      delay: () => this.plan(),
      run: run => this.renew(run),
      // A request that was swallowed must not outlast the lease.
      limits: { hangMs: options.times.ttlMs, graceMs: RENEWAL_GRACE_MS },
    });
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    const { fence } = this;
    await this.resign('released');
    await this.release(fence);
  }

  private nextTerm(): Fence {
    const { name, owner } = this.options;
    return { name, owner: `${owner}/${randomUUID()}` };
  }

  /** Milliseconds until the lease is renewed or asked for. */
  private plan(): number {
    const { renewMs } = this.options.times;
    const interval = this.leading ? renewMs : Math.min(renewMs, STANDBY_MS);
    const delay = interval * (0.8 + 0.4 * Math.random());
    this.dueAt = this.now() + delay;
    return delay;
  }

  private async renew({ signal }: LoopRun): Promise<void> {
    const { database, logger, duty, times, metrics } = this.options;
    const { fence } = this;
    const begunAt = this.now();
    let held: boolean;
    try {
      held = await acquireLease(database.knex, {
        ...fence,
        ttlMs: times.ttlMs,
      });
    } catch (error) {
      if (this.now() >= this.renewedAt + times.ttlMs) {
        await this.resign('lost');
      }
      throw error;
    }
    if (signal.aborted) {
      return;
    }
    if (!held) {
      await this.resign('lost');
      return;
    }
    if (this.leading) {
      this.reportDelay();
    }
    this.renewedAt = begunAt;
    if (!this.leading) {
      this.leading = true;
      logger.info(`This replica holds the lease '${fence.name}' now`);
      metrics?.leaseChanged(fence.name, 'acquired');
      duty.start(fence);
    }
  }

  private reportDelay(): void {
    const { name, logger, times, metrics } = this.options;
    const delayMs = Math.max(0, this.now() - this.dueAt);
    metrics?.leaseRenewed(name, delayMs / 1000);
    if (delayMs > times.renewMs / 2) {
      logger.warn(
        `The lease '${name}' was renewed ${seconds(
          delayMs,
        )} s late: this process stood still, or the database was slow. A lease lasts ${seconds(
          times.ttlMs,
        )} s; after that another replica takes over`,
      );
    }
  }

  private async resign(change: 'lost' | 'released'): Promise<void> {
    const { name, logger, duty, metrics } = this.options;
    if (!this.leading) {
      return;
    }
    this.leading = false;
    this.fence = this.nextTerm();
    metrics?.leaseChanged(name, change);
    if (change === 'lost') {
      logger.warn(`This replica has lost the lease '${name}'`);
    }
    await duty.stop();
  }

  private async release(fence: Fence): Promise<void> {
    const { database, logger } = this.options;
    try {
      await releaseLease(database.knex, fence);
    } catch (error) {
      logger.warn(
        `Couldn't release the lease '${fence.name}', it expires by itself: ${error}`,
      );
    }
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
