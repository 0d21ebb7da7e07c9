import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { acquireLease, releaseLease } from '../store/operations/leases';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { Loop } from './Loop';
import type { LoopRun } from './LoopRun';

/**
 * How long a lease lasts without renewal, and how often it is renewed, in
 * milliseconds. The other replicas wait `ttlMs` before they replace a dead one.
 *
 * @internal
 */
export interface LeaseTimes {
  ttlMs: number;
  renewMs: number;
}

const DEFAULT_TTL_MS = 20_000;

/**
 * Three attempts to renew a lease fit into its duration. The default is 20
 * seconds, so that a process may stall for 10 seconds at any moment.
 *
 * @internal
 */
export function leaseTimes(ttlMs = DEFAULT_TTL_MS): LeaseTimes {
  return { ttlMs, renewMs: ttlMs / 3 };
}

/**
 * How often a replica tries to acquire a lease that another one holds. Short, so
 * that a released lease is acquired soon.
 */
const STANDBY_MS = 2000;

/** Longer than a leader task takes to stop its loops. */
const RENEWAL_GRACE_MS = 15_000;

/**
 * Work that only one replica may do at a time.
 *
 * @internal
 */
export interface LeaderTask {
  /**
   * @param fence - the fence of this term; the task must pass it with every write
   */
  start(fence: Fence): void;
  /** Resolves when no work is under way. */
  stop(): Promise<void>;
}

/**
 * Decides which free leases a replica takes.
 *
 * @internal
 */
export interface ElectionShare {
  /** Attempts to acquire a lease, or resolves with false at once. */
  acquire(lease: string, attempt: () => Promise<boolean>): Promise<boolean>;
  /** This replica no longer holds the lease. */
  resigned(lease: string): void;
}

/** @internal */
export interface LeaderElectionOptions {
  name: string;
  /** This replica. */
  owner: string;
  task: LeaderTask;
  database: DeliveryDatabase;
  logger: LoggerService;
  times: LeaseTimes;
  metrics?: DeliveryMetrics;
  /** Limits the leases that this replica takes; without it, it takes all. */
  share?: ElectionShare;
  /** A monotonic clock, in milliseconds. */
  now?: () => number;
}

/**
 * Runs a leader task while this replica holds its lease, and tries to acquire the
 * lease otherwise. Each term has its own fence, so work left over from an earlier
 * term can't write in a later one.
 *
 * @internal
 */
export class LeaderElection {
  static start(options: LeaderElectionOptions): LeaderElection {
    return new LeaderElection(options);
  }

  private readonly loop: Loop;
  private readonly now: () => number;
  private fence: Fence;
  private leading = false;
  private handingOver = false;
  private renewedAt = 0;
  /** When the next renewal is scheduled. */
  private dueAt = Infinity;

  private constructor(private readonly options: LeaderElectionOptions) {
    this.now = options.now ?? (() => performance.now());
    this.fence = this.nextTerm();
    this.loop = Loop.start({
      name: `Renewing the lease '${options.name}'`,
      logger: options.logger,
      delay: () => this.plan(),
      run: run => this.renew(run),
      // A database request that never returns must not outlast the lease.
      limits: { hangMs: options.times.ttlMs, graceMs: RENEWAL_GRACE_MS },
    });
  }

  /** Of the lease. */
  get name(): string {
    return this.options.name;
  }

  /** Whether this replica holds the lease. */
  get isLeading(): boolean {
    return this.leading;
  }

  /** Attempts to acquire the lease now. */
  attempt(): void {
    this.loop.trigger();
  }

  /** Ends the task, then releases the lease for another replica. */
  handOver(): void {
    this.handingOver = true;
    this.loop.trigger();
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

  /** Milliseconds until the next attempt to renew or acquire the lease. */
  private plan(): number {
    const { renewMs } = this.options.times;
    const interval = this.leading ? renewMs : Math.min(renewMs, STANDBY_MS);
    const delay = interval * (0.8 + 0.4 * Math.random());
    this.dueAt = this.now() + delay;
    return delay;
  }

  private async renew({ signal }: LoopRun): Promise<void> {
    const { database, logger, task, times, metrics, share } = this.options;
    const { fence } = this;
    if (this.handingOver) {
      this.handingOver = false;
      if (this.leading) {
        await this.resign('released');
        await this.release(fence);
        return;
      }
    }
    const begunAt = this.now();
    const attempt = () =>
      acquireLease(database.knex, { ...fence, ttlMs: times.ttlMs });
    let held: boolean;
    try {
      held = await (this.leading || !share
        ? attempt()
        : share.acquire(fence.name, attempt));
    } catch (error) {
      if (this.now() >= this.renewedAt + times.ttlMs) {
        await this.resign('lost');
      }
      throw error;
    }
    if (signal.aborted) {
      share?.resigned(fence.name);
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
      task.start(fence);
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
        )} s late: this process stalled, or the database was slow. A lease lasts ${seconds(
          times.ttlMs,
        )} s, and then another replica takes over`,
      );
    }
  }

  private async resign(change: 'lost' | 'released'): Promise<void> {
    const { name, logger, task, metrics, share } = this.options;
    if (!this.leading) {
      return;
    }
    this.leading = false;
    share?.resigned(name);
    this.fence = this.nextTerm();
    metrics?.leaseChanged(name, change);
    if (change === 'lost') {
      logger.warn(`This replica has lost the lease '${name}'`);
    }
    await task.stop();
  }

  private async release(fence: Fence): Promise<void> {
    const { database, logger } = this.options;
    try {
      await releaseLease(database.knex, fence);
    } catch (error) {
      logger.warn(
        `Couldn't release the lease '${fence.name}'. It expires by itself: ${error}`,
      );
    }
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
