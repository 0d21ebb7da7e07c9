import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  acquireLease,
  readLeaseHolders,
  releaseLease,
} from '../store/operations/leases';
import type {
  ElectionShare,
  LeaderElection,
  LeaseTimes,
} from './LeaderElection';
import { Loop } from './Loop';
import { planLeases } from './planLeases';

/** The leases by which replicas show that they are alive. */
const HEARTBEAT = 'replica:';

/**
 * How often the leases are divided, in milliseconds. Short, so that a released
 * lease is acquired soon.
 */
const DIVIDE_MS = 2000;

/** @internal */
export interface LeaseShareOptions {
  /** This replica; the owners of its leases begin with it. */
  replica: string;
  /** The leases that the replicas divide among them. */
  leases: readonly string[];
  database: DeliveryDatabase;
  logger: LoggerService;
  times: LeaseTimes;
}

/**
 * Divides the leases among the replicas. Each replica has a lease of its own as a
 * heartbeat. From those of all replicas and the holders of the leases, it derives
 * how many leases it may take, and which it hands over to a replica that joined.
 *
 * @internal
 */
export class LeaseShare implements ElectionShare {
  static start(options: LeaseShareOptions): LeaseShare {
    return new LeaseShare(options);
  }

  private readonly name = `${HEARTBEAT}${randomUUID()}`;
  private readonly loop: Loop;
  private elections: readonly LeaderElection[] = [];
  private limit = 0;
  /** The leases that this replica holds, or attempts to acquire, with the attempt. */
  private readonly taken = new Map<string, object>();
  private readonly freeSince = new Map<string, number>();

  private constructor(private readonly options: LeaseShareOptions) {
    this.loop = Loop.start({
      name: 'Dividing the leases among the replicas',
      logger: options.logger,
      delay: () =>
        Math.min(options.times.renewMs, DIVIDE_MS) *
        (0.8 + 0.4 * Math.random()),
      run: async () => this.divide(),
    });
    this.loop.trigger();
  }

  /** The elections of this replica; those of other leases are left alone. */
  divideAmong(elections: readonly LeaderElection[]): void {
    this.elections = elections;
  }

  async acquire(
    lease: string,
    attempt: () => Promise<boolean>,
  ): Promise<boolean> {
    if (!this.mayTake(lease)) {
      return false;
    }
    let isAcquired = false;
    const token = {};
    this.taken.set(lease, token);
    try {
      isAcquired = await attempt();
    } finally {
      // An attempt that hung must not end a later one.
      if (!isAcquired && this.taken.get(lease) === token) {
        this.taken.delete(lease);
      }
    }
    return isAcquired;
  }

  resigned(lease: string): void {
    this.taken.delete(lease);
  }

  /** The heartbeat ends, so that the other replicas divide the leases anew. */
  async stop(): Promise<void> {
    await this.loop.stop();
    const { database, logger } = this.options;
    try {
      await releaseLease(database.knex, this.heartbeat());
    } catch (error) {
      logger.warn(
        `Couldn't end the heartbeat of this replica. It expires by itself: ${error}`,
      );
    }
  }

  /** What nobody takes may be taken by every replica, whatever its share. */
  private mayTake(lease: string): boolean {
    const freeSince = this.freeSince.get(lease);
    return (
      this.taken.has(lease) ||
      this.taken.size < this.limit ||
      (freeSince !== undefined &&
        performance.now() - freeSince > 2 * this.options.times.ttlMs)
    );
  }

  private heartbeat() {
    return { name: this.name, owner: this.options.replica };
  }

  private async divide(): Promise<void> {
    const { database, leases, logger, replica, times } = this.options;
    const { knex } = database;
    await acquireLease(knex, {
      ...this.heartbeat(),
      // It ends before the leases of a replica that dies.
      ttlMs: times.ttlMs - times.renewMs,
    });
    const owners = await readLeaseHolders(knex);
    const { limit, surplus } = planLeases({
      replica,
      replicas: new Set(
        [...owners].flatMap(([name, owner]) =>
          name.startsWith(HEARTBEAT) ? [owner] : [],
        ),
      ),
      holders: new Map(
        leases.map(lease => [lease, replicaOf(owners.get(lease))]),
      ),
    });
    this.limit = limit;
    for (const lease of leases) {
      if (owners.has(lease)) {
        this.freeSince.delete(lease);
      } else if (!this.freeSince.has(lease)) {
        this.freeSince.set(lease, performance.now());
      }
    }
    const shared = this.elections.filter(({ name }) => leases.includes(name));
    shared
      .filter(
        ({ name, isLeading }) =>
          !isLeading && !owners.has(name) && this.mayTake(name),
      )
      .forEach(election => election.attempt());
    if (surplus > 0) {
      logger.info(
        `Handing over ${surplus} leases, because this replica holds more than its share`,
      );
      shared
        .filter(({ isLeading }) => isLeading)
        .slice(-surplus)
        .forEach(election => election.handOver());
    }
  }
}

/** The owner of a lease is a replica and one of its terms. */
function replicaOf(owner: string | undefined): string | undefined {
  return owner?.slice(0, owner.lastIndexOf('/'));
}
