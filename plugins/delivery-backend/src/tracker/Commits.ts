import { setImmediate } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  type Change,
  type DeliveryState,
  type Observation,
  reduce,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import type { LockedRow } from '../store/operations/lockApplications';
import { type Culprit, isolate, UnreducibleError } from './isolate';
import { type Saved, saveReduced } from './save';
import { loadStates } from './states';
import type { Reduced, TrackerListener } from './types';

/** Transactions at once: one is reduced while the database writes another. */
const AT_ONCE = 2;

/**
 * Transactions that reduce and save: what `work` reduces is written together
 * with what is to be told of it, and told to the listener once it is committed.
 *
 * @internal
 */
export class Commits {
  private running = 0;

  constructor(
    private readonly database: DeliveryDatabase,
    private readonly listener: TrackerListener,
    private readonly logger: LoggerService,
    private readonly updaterPlatform?: string,
  ) {}

  /** Whether `runAll` is at work. */
  get isRunningAll(): boolean {
    return this.running > 0;
  }

  async run(
    work: (tx: Knex.Transaction) => Promise<Reduced[]>,
    fence?: Fence,
  ): Promise<void> {
    this.tell(await this.save(work, fence));
  }

  /**
   * A transaction for each batch, a few at a time; no two batches have an
   * application in common. What is to be read now is told after the last one: those
   * who read would only be in the way of the others. Items that can't be stored are
   * left out. After any other failure, no further transaction is begun.
   */
  async runAll<T>(
    batches: readonly (readonly T[])[],
    work: (tx: Knex.Transaction, batch: readonly T[]) => Promise<Reduced[]>,
    fence?: Fence,
  ): Promise<Culprit<T>[]> {
    this.running += 1;
    const waiting = [...batches];
    const culprits: Culprit<T>[] = [];
    const all: Saved = {
      told: false,
      instancesWanting: new Set(),
      repositoriesAdded: false,
    };
    const commit = async (part: readonly T[]) => {
      const saved = await this.save(tx => work(tx, part), fence);
      if (saved.told) {
        this.listener.signalsAdded();
      }
      saved.instancesWanting.forEach(one => all.instancesWanting.add(one));
      all.repositoriesAdded ||= saved.repositoriesAdded;
    };
    const workThrough = async () => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
        try {
          culprits.push(...(await isolate(batch, commit)));
        } catch (error) {
          waiting.length = 0;
          throw error;
        }
      }
    };
    const workers = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, workThrough),
    );
    this.running -= 1;
    this.tell(all);
    for (const worker of workers) {
      if (worker.status === 'rejected') {
        throw worker.reason;
      }
    }
    return culprits;
  }

  /**
   * Reduces observations for the applications of some locked rows, each for
   * itself. An application for which that fails is left out and logged, unless
   * `isolated`: then an `UnreducibleError` is thrown.
   */
  async reduceRows(
    tx: Knex.Transaction,
    rows: LockedRow[],
    observationsOf: (key: string) => readonly Observation[],
    options?: { isolated: boolean },
  ): Promise<Reduced[]> {
    const states = await loadStates(
      tx,
      rows,
      observationsOf,
      this.updaterPlatform,
    );
    return rows.flatMap(({ key, isNew }) => {
      const before = states.get(key);
      if (!before) {
        return [];
      }
      try {
        return [{ key, isNew, ...reduceAll(before, observationsOf(key)) }];
      } catch (cause) {
        if (options?.isolated) {
          throw new UnreducibleError(String(cause), { cause });
        }
        this.logger.error(
          `An observation of the application with the key ${key} can't be processed; the application stays as it was`,
          toError(cause),
        );
        return [];
      }
    });
  }

  private async save(
    work: (tx: Knex.Transaction) => Promise<Reduced[]>,
    fence?: Fence,
  ): Promise<Saved> {
    const saved = await this.database.transaction(
      async tx => saveReduced(tx, await work(tx)),
      fence,
    );
    // SQLite answers at once: without a turn of the event loop between them, a
    // row of transactions would keep leases from being renewed until its end.
    await setImmediate();
    return saved;
  }

  private tell(saved: Saved): void {
    if (saved.told) {
      this.listener.signalsAdded();
    }
    for (const instance of saved.instancesWanting) {
      this.listener.revisionsRequested(instance);
    }
    if (saved.repositoriesAdded) {
      this.listener.repositoriesAdded();
    }
  }
}

function reduceAll(
  before: DeliveryState,
  observations: readonly Observation[],
): Pick<Reduced, 'before' | 'after' | 'changes' | 'seenAt'> {
  let after = before;
  let seenAt = '';
  const changes: Change[] = [];
  for (const observation of observations) {
    const result = reduce(after, observation);
    after = result.state;
    seenAt = observation.seenAt;
    changes.push(...result.changes);
  }
  return { before, after, changes, seenAt };
}
