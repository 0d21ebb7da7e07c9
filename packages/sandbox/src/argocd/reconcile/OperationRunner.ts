import { messageOf } from '../../errors';
import { asNumber, asString, at } from '../json';
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

/** How often to check whether a window has opened or closed. */
const WINDOW_CHECK_MS = 1000;

/** The operation was terminated through the API. */
class Terminated extends Error {}

interface RunnerOptions extends AttemptOptions {
  waiter: Waiter;
  events: EventRecorder;
  /** How long a terminated operation takes to end. */
  terminationMs: number;
}

/** Runs the operation set in an application, from Running to its end. */
export class OperationRunner {
  constructor(private readonly options: RunnerOptions) {}

  /**
   * Runs the application's operation to its end. An operation that a stopped
   * process left Running is repeated: applying twice changes nothing.
   */
  async run(key: string): Promise<void> {
    const { store, events, waiter, terminationMs } = this.options;
    const app = store.applications.get(key);
    const operation = app?.operation;
    if (!operation) {
      return;
    }
    if (!app.status.operationState) {
      const startedAt = timestamp();
      this.#setState(key, { operation, phase: 'Running', startedAt });
      events.record(app, 'OperationStarted', startedMessage(operation));
    }
    const ended = (phase: Outcome['phase'], message: string) =>
      this.#finish(key, { phase, message, syncResult: emptyResult(operation) });
    try {
      this.#finish(key, await this.#outcome(key, operation));
    } catch (error) {
      if (error instanceof Terminated) {
        // A terminated operation ends only when it is next checked.
        await waiter.until(() => false, terminationMs).catch(() => {});
        ended('Failed', 'Operation terminated');
      } else if (!(error instanceof Stopped)) {
        ended('Error', messageOf(error));
      }
    }
  }

  /** Tries until an attempt succeeds, or no further one is allowed. */
  async #outcome(key: string, operation: Operation): Promise<Outcome> {
    const attempt = new SyncAttempt(this.options, {
      report: (message, result) => this.#progress(key, message, result),
      wait: async condition => await this.#wait(key, condition),
    });
    for (;;) {
      await this.#windowOpen(key, operation);
      // Read only now: it may have changed while the window was closed.
      const app = this.options.store.applications.get(key);
      if (!app) {
        throw new Stopped();
      }
      const outcome = await attempt.run(app, operation);
      if (
        outcome.phase === 'Succeeded' ||
        !(await this.#retry(key, operation, outcome))
      ) {
        return outcome;
      }
    }
  }

  /**
   * Waits until a sync window allows an attempt. A window that closes during an
   * operation doesn't end the current attempt, but delays the next one.
   */
  async #windowOpen(key: string, { initiatedBy }: Operation): Promise<void> {
    const { store } = this.options;
    const isOpen = () => {
      const app = store.applications.get(key);
      const windows = app ? windowsFor(store.projectOf(app), app) : [];
      return canSync(windows, !initiatedBy.automated, Date.now());
    };
    if (!isOpen()) {
      this.#progress(key, 'Sync operation blocked by sync window');
    }
    while (!isOpen()) {
      await this.#wait(key, isOpen, WINDOW_CHECK_MS);
    }
  }

  #state(key: string): OperationState | undefined {
    return this.options.store.applications.get(key)?.status.operationState;
  }

  #setState(key: string, state: OperationState): void {
    this.options.store.applications.update(key, app =>
      withOperationState(app, state),
    );
  }

  #progress(key: string, message: string, syncResult?: SyncResult): void {
    const state = this.#state(key);
    if (state?.phase === 'Running') {
      this.#setState(key, {
        ...state,
        message,
        syncResult: syncResult ?? state.syncResult,
      });
    }
  }

  async #wait(
    key: string,
    condition: () => boolean,
    timeoutMs?: number,
  ): Promise<void> {
    const terminated = () => this.#state(key)?.phase !== 'Running';
    await this.options.waiter.until(
      () => terminated() || condition(),
      timeoutMs,
    );
    if (terminated()) {
      throw new Terminated();
    }
  }

  /**
   * Waits for the next attempt; returns false if the operation has none left.
   */
  async #retry(
    key: string,
    { retry: { limit = 0, backoff } }: Operation,
    { message, syncResult }: Outcome,
  ): Promise<boolean> {
    const state = this.#state(key);
    const retryCount = (state?.retryCount ?? 0) + 1;
    if (state?.phase !== 'Running' || (limit >= 0 && retryCount > limit)) {
      return false;
    }
    const duration = (field: string, otherwise: number) =>
      parseDuration(asString(at(backoff, field)) ?? '') ?? otherwise;
    const factor = asNumber(at(backoff, 'factor')) ?? 2;
    const wait = Math.min(
      duration('duration', 5000) * factor ** (retryCount - 1),
      duration('maxDuration', 180_000),
    );
    const time = timestamp(Date.now() + wait).slice(11, 16);
    this.#setState(key, {
      ...state,
      message: `${message}. Retrying attempt #${retryCount} at ${time}.`,
      syncResult,
      retryCount,
    });
    await this.#wait(key, () => false, wait);
    return true;
  }

  /**
   * Ends an operation. As recorded, the history entry is written before the
   * operation has succeeded.
   */
  #finish(key: string, { phase, message, syncResult }: Outcome): void {
    const { store, events } = this.options;
    const state = this.#state(key);
    if (!state) {
      return;
    }
    const finishedAt = timestamp();
    const { retryCount, operation } = state;
    const { dryRun, resources } = operation.sync;
    const succeeded = phase === 'Succeeded';
    if (succeeded && !dryRun && !resources) {
      store.applications.update(key, app =>
        withHistory(app, state, syncResult, finishedAt),
      );
    }
    const app = store.applications.update(key, ({ operation: _, ...rest }) =>
      withOperationState(rest, {
        ...state,
        phase,
        message:
          !succeeded && retryCount
            ? `${message} (retried ${retryCount} times).`
            : message,
        syncResult,
        finishedAt,
      }),
    );
    const revision =
      syncResult.revision || (syncResult.revisions ?? []).join(', ');
    if (app) {
      const what = resources ? 'Partial sync' : 'Sync';
      const how = succeeded ? 'succeeded' : `failed: ${message}`;
      events.record(
        app,
        'OperationCompleted',
        `${what} operation to ${revision} ${how}`,
      );
    }
  }
}
