import { setImmediate } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TracingService } from '@backstage/backend-plugin-api/alpha';
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
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { traced } from '../telemetry/traced';
import { type Culprit, isolate, UnreducibleError } from './isolate';
import { type Saved, saveReduced } from './save';
import { type LoadedState, loadStates, type Selection } from './states';
import type { Reduced, TrackerListener } from './types';

/** Concurrent transactions: one reduces while the database writes another. */
const CONCURRENCY = 2;

/**
 * One transaction that reduces observations. Both functions may run more than
 * once, since a transaction may be retried.
 *
 * @internal
 */
export interface Work {
  /** Locks the applications that the observations concern. */
  select(tx: Knex.Transaction): Promise<Selection>;
  /**
   * Writes what else belongs to the transaction, before the applications are
   * written. Resolves with true if it added to the signal outbox.
   */
  saveAlong?(tx: Knex.Transaction, reduced: Reduced[]): Promise<boolean>;
  /**
   * If true, an application that can't be reduced fails the transaction with an
   * `UnreducibleError`, so that `isolate` finds it. Otherwise the failure is
   * logged and the application stays as it was.
   */
  failsAsOne?: boolean;
}

/** @internal */
export interface UnitOfWorkOptions {
  database: DeliveryDatabase;
  listener: TrackerListener;
  logger: LoggerService;
  /** Platform that the Image Updater runs on, see `CompileOptions`. */
  updaterPlatform?: string;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
}

/**
 * Selects applications, reduces observations for them and saves the result
 * together with its signals, in one transaction. The listener is notified once
 * it is committed.
 *
 * @internal
 */
export class UnitOfWork {
  static create(options: UnitOfWorkOptions): UnitOfWork {
    return new UnitOfWork(options);
  }

  private batchRuns = 0;

  private constructor(private readonly options: UnitOfWorkOptions) {}

  /** Whether `reduceBatches` is running. */
  get isReducingBatches(): boolean {
    return this.batchRuns > 0;
  }

  async reduce(work: Work, fence?: Fence): Promise<void> {
    this.notify(await this.commit(work, fence));
  }

  /**
   * Runs one transaction for each batch, a few at a time. No two batches may have
   * an application in common. Revisions and repositories are requested after the
   * last batch, because those reads would slow down the remaining writes. Items
   * that can't be stored are left out and returned. After any other failure, no
   * further batch is started.
   */
  async reduceBatches<T>(
    batches: readonly (readonly T[])[],
    workOf: (batch: readonly T[]) => Work,
    fence?: Fence,
  ): Promise<Culprit<T>[]> {
    const pending = [...batches];
    const culprits: Culprit<T>[] = [];
    const all: Saved = {
      hasSignal: false,
      instancesWanting: new Set(),
      repositoriesAdded: false,
    };
    const commitPart = async (part: readonly T[]) => {
      const saved = await this.commit(workOf(part), fence);
      if (saved.hasSignal) {
        this.options.listener.signalsAdded();
      }
      saved.instancesWanting.forEach(one => all.instancesWanting.add(one));
      all.repositoriesAdded ||= saved.repositoriesAdded;
    };
    const commitPending = async () => {
      for (let batch = pending.shift(); batch; batch = pending.shift()) {
        try {
          culprits.push(...(await isolate(batch, commitPart)));
        } catch (error) {
          pending.length = 0;
          throw error;
        }
      }
    };
    this.batchRuns += 1;
    const workers = await Promise.allSettled(
      Array.from({ length: CONCURRENCY }, commitPending),
    );
    this.batchRuns -= 1;
    this.notify(all);
    for (const worker of workers) {
      if (worker.status === 'rejected') {
        throw worker.reason;
      }
    }
    return culprits;
  }

  private async commit(work: Work, fence?: Fence): Promise<Saved> {
    const { database, updaterPlatform, metrics, tracing } = this.options;
    const begunAt = performance.now();
    const saved = await traced(tracing, 'reduce', {}, () =>
      database.transaction(
        async tx => {
          const selection = await work.select(tx);
          const states = await loadStates(tx, selection, updaterPlatform);
          const loadedAt = performance.now();
          const reduced = this.reduceStates(states, selection, work);
          metrics?.reduced((performance.now() - loadedAt) / 1000);
          const hasSignal = await work.saveAlong?.(tx, reduced);
          const result = await saveReduced(tx, reduced);
          return {
            ...result,
            hasSignal: result.hasSignal || hasSignal === true,
          };
        },
        fence,
        { restorable: true },
      ),
    );
    metrics?.stored((performance.now() - begunAt) / 1000);
    // SQLite runs synchronously: without yielding to the event loop after each
    // transaction, a series of them would keep leases from being renewed.
    await setImmediate();
    return saved;
  }

  private reduceStates(
    states: Map<string, LoadedState>,
    { rows }: Selection,
    { failsAsOne }: Work,
  ): Reduced[] {
    return rows.flatMap(({ key, isNew }) => {
      const loaded = states.get(key);
      if (!loaded) {
        return [];
      }
      try {
        return [
          { key, isNew, ...reduceAll(loaded.state, loaded.observations) },
        ];
      } catch (cause) {
        if (failsAsOne) {
          throw new UnreducibleError(String(cause), { cause });
        }
        this.options.logger.error(
          `Couldn't process an observation of the application with the key ${key}. Its stored state is kept`,
          toError(cause),
        );
        return [];
      }
    });
  }

  private notify(saved: Saved): void {
    const { listener } = this.options;
    if (saved.hasSignal) {
      listener.signalsAdded();
    }
    for (const instance of saved.instancesWanting) {
      listener.revisionsRequested(instance);
    }
    if (saved.repositoriesAdded) {
      listener.repositoriesAdded();
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
