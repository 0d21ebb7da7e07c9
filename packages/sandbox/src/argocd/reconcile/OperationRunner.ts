import { asNumber, asObject, asString } from '../json';
import type { Store } from '../store/Store';
import { parseDuration, timestamp } from '../time';
import type { Operation, OperationState, SyncResult } from '../types';
import type { EventRecorder } from './EventRecorder';
import {
  startedMessage,
  withHistory,
  withOperationState,
} from './operationStatus';
import {
  emptyResult,
  SyncAttempt,
  type AttemptOptions,
  type Outcome,
} from './SyncAttempt';
import { Stopped, type Waiter } from './Waiter';
import { canSync, windowsFor } from './windows';

/** The message of a running operation that a sync window blocks. */
const BLOCKED = 'Sync operation blocked by sync window';

/** How often to check whether a window has opened or closed. */
const WINDOW_CHECK_MS = 1000;

/** The operation was terminated through the API. */
class Terminated extends Error {}

/** Runs the operation set in an application, from Running to its end. */
export class OperationRunner {
  readonly #store: Store;
  readonly #options: AttemptOptions;
  readonly #waiter: Waiter;
  readonly #events: EventRecorder;
  readonly #now: () => number;
  readonly #terminationMs: number;

  constructor(
    options: AttemptOptions & {
      store: Store;
      waiter: Waiter;
      events: EventRecorder;
      now: () => number;
      /** How long a terminated operation takes to end. */
      terminationMs: number;
    },
  ) {
    this.#store = options.store;
    this.#options = options;
    this.#waiter = options.waiter;
    this.#events = options.events;
    this.#now = options.now;
    this.#terminationMs = options.terminationMs;
  }

  /**
   * Runs the application's operation to its end. An operation that a stopped
   * process left Running is repeated: applying twice changes nothing.
   */
  async run(key: string): Promise<void> {
    const app = this.#store.applications.get(key);
    const operation = app?.operation;
    if (!app || !operation) {
      return;
    }
    if (!app.status.operationState) {
      this.#setState(key, {
        operation,
        phase: 'Running',
        startedAt: timestamp(this.#now()),
      });
      this.#events.record(app, 'OperationStarted', startedMessage(operation));
    }
    try {
      for (;;) {
        const current = this.#store.applications.get(key);
        if (!current) {
          return;
        }
        await this.#windowOpen(key, operation);
        const outcome = await this.#attempt(key).run(current, operation);
        if (
          outcome.phase === 'Succeeded' ||
          !(await this.#retry(key, operation, outcome))
        ) {
          this.#finish(key, outcome);
          return;
        }
      }
    } catch (error) {
      if (error instanceof Terminated) {
        // A terminated operation ends only when it is next checked.
        await this.#waiter
          .until(() => false, this.#terminationMs)
          .catch(() => {});
        this.#finish(key, {
          phase: 'Failed',
          message: 'Operation terminated',
          syncResult: emptyResult(operation),
        });
      } else if (!(error instanceof Stopped)) {
        this.#finish(key, {
          phase: 'Error',
          message: error instanceof Error ? error.message : String(error),
          syncResult: emptyResult(operation),
        });
      }
    }
  }

  /**
   * Waits until a sync window allows an attempt. A window that closes during an
   * operation doesn't end the current attempt, but delays the next one.
   */
  async #windowOpen(key: string, { initiatedBy }: Operation): Promise<void> {
    const isOpen = () => {
      const app = this.#store.applications.get(key);
      const windows =
        app && windowsFor(this.#store.projects.get(app.spec.project), app);
      return !windows || canSync(windows, !initiatedBy.automated, this.#now());
    };
    if (!isOpen()) {
      this.#progress(key, BLOCKED);
    }
    while (!isOpen()) {
      await this.#wait(key, isOpen, WINDOW_CHECK_MS);
    }
  }

  #attempt(key: string): SyncAttempt {
    return new SyncAttempt(this.#options, {
      report: (message, result) => this.#progress(key, message, result),
      wait: async condition => await this.#wait(key, condition),
    });
  }

  #state(key: string): OperationState | undefined {
    return this.#store.applications.get(key)?.status.operationState;
  }

  #setState(key: string, operationState: OperationState): void {
    this.#store.applications.update(key, app => ({
      ...app,
      status: withOperationState(app, operationState),
    }));
  }

  #progress(key: string, message: string, syncResult?: SyncResult): void {
    const state = this.#state(key);
    if (state && state.phase === 'Running') {
      const { operation, phase, startedAt, retryCount } = state;
      this.#setState(key, {
        operation,
        phase,
        message,
        ...(syncResult ?? state.syncResult
          ? { syncResult: syncResult ?? state.syncResult }
          : {}),
        startedAt,
        ...(retryCount ? { retryCount } : {}),
      });
    }
  }

  async #wait(
    key: string,
    condition: () => boolean,
    timeoutMs?: number,
  ): Promise<void> {
    const terminated = () => this.#state(key)?.phase !== 'Running';
    await this.#waiter.until(() => terminated() || condition(), timeoutMs);
    if (terminated()) {
      throw new Terminated();
    }
  }

  /**
   * Waits for the next attempt; returns false if the operation has none left.
   */
  async #retry(
    key: string,
    { retry }: Operation,
    outcome: Outcome,
  ): Promise<boolean> {
    const state = this.#state(key);
    const count = (state?.retryCount ?? 0) + 1;
    const limit = retry.limit ?? 0;
    if (!state || state.phase !== 'Running' || (limit >= 0 && count > limit)) {
      return false;
    }
    const backoff = asObject(retry.backoff);
    const first = parseDuration(asString(backoff.duration) ?? '5s') ?? 5000;
    const longest =
      parseDuration(asString(backoff.maxDuration) ?? '3m') ?? 180_000;
    const wait = Math.min(
      first * (asNumber(backoff.factor) ?? 2) ** (count - 1),
      longest,
    );
    const at = new Date(this.#now() + wait).toISOString().slice(11, 16);
    this.#setState(key, {
      operation: state.operation,
      phase: 'Running',
      message: `${outcome.message}. Retrying attempt #${count} at ${at}.`,
      syncResult: outcome.syncResult,
      startedAt: state.startedAt,
      retryCount: count,
    });
    await this.#wait(key, () => false, wait);
    return true;
  }

  /**
   * Ends an operation. As recorded, the history entry is written before the
   * operation has succeeded.
   */
  #finish(key: string, { phase, message, syncResult }: Outcome): void {
    const state = this.#state(key);
    if (!state) {
      return;
    }
    const finishedAt = timestamp(this.#now());
    const { sync } = state.operation;
    if (phase === 'Succeeded' && !sync.dryRun && !sync.resources?.length) {
      this.#store.applications.update(key, app =>
        withHistory(app, state, syncResult, finishedAt),
      );
    }
    this.#store.applications.update(key, app => {
      const { operation: _, ...rest } = app;
      return {
        ...rest,
        status: withOperationState(app, {
          operation: state.operation,
          phase,
          message:
            phase !== 'Succeeded' && state.retryCount
              ? `${message} (retried ${state.retryCount} times).`
              : message,
          syncResult,
          startedAt: state.startedAt,
          finishedAt,
          ...(state.retryCount ? { retryCount: state.retryCount } : {}),
        }),
      };
    });
    const app = this.#store.applications.get(key);
    if (app) {
      const revision =
        syncResult.revision || syncResult.revisions?.join(', ') || '';
      this.#events.record(
        app,
        'OperationCompleted',
        phase === 'Succeeded'
          ? `${
              sync.resources?.length ? 'Partial sync' : 'Sync'
            } operation to ${revision} succeeded`
          : `Sync operation to ${revision} failed: ${message}`,
      );
    }
  }
}
