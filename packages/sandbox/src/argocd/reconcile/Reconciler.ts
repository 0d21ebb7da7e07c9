import { keyOfApp } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import {
  sourcesOf,
  type Application,
  type Condition,
  type Operation,
} from '../types';
import { decideAutoSync } from './autosync';
import { compare, statusAfter, type Comparison } from './compare';
import type { LiveResources } from './LiveResources';
import { TargetError, type Target, type TargetLoader } from './target';
import { canSync, windowsFor } from './windows';

/**
 * Annotation that requests a refresh; the controller removes it once the
 * refresh is done.
 */
export const REFRESH = 'argocd.argoproj.io/refresh';

/** The dependencies and callbacks of a reconciler. */
interface ReconcilerOptions {
  store: Store;
  live: LiveResources;
  loader: TargetLoader;
  isStopped: () => boolean;
  /** An automated sync is due. */
  onSyncDue: (key: string, operation: Operation) => void;
  /** Another comparison is due after this many milliseconds. */
  onLookLater: (key: string, waitMs: number) => void;
}

/** Compares applications with their sources, and writes their status. */
export class Reconciler {
  readonly #targets = new Map<string, Target>();

  constructor(private readonly options: ReconcilerOptions) {}

  /** The target state that the last comparison used. */
  target(key: string): Target | undefined {
    return this.#targets.get(key);
  }

  forget(key: string): void {
    this.#targets.delete(key);
  }

  /** Compares with the known target state, if there is one. */
  look(app: Application): void {
    this.#compare(app, this.target(keyOfApp(app)) ?? { error: '' }, false);
  }

  /** Loads the target state of an application and compares with it. */
  async reconcile(app: Application): Promise<void> {
    const { store, loader, isStopped } = this.options;
    const key = keyOfApp(app);
    let target: Target | { error: string };
    try {
      target = await loader.load(app, sourcesOf(app.spec));
      this.#targets.set(key, target);
    } catch (error) {
      if (!(error instanceof TargetError)) {
        throw error;
      }
      target = { error: error.message };
      this.#targets.delete(key);
    }
    // The application may have changed while its sources were read.
    const current = store.applications.get(key);
    if (current && !isStopped()) {
      this.#compare(current, target, true);
    }
  }

  /**
   * Compares, starts an automated sync if one is due, and writes the status.
   * This order is as recorded.
   */
  #compare(
    app: Application,
    target: Target | { error: string },
    reconciled: boolean,
  ): void {
    const { store, live } = this.options;
    const managed = live.managedBy(store.instanceOf(app));
    const comparison = compare(target, managed, key => live.get(key));
    const conditions = this.#conditionsOf(app, comparison);
    const shown =
      reconciled && !app.metadata.deletionTimestamp ? conditions : undefined;
    const key = keyOfApp(app);
    store.applications.update(key, current => ({
      ...current,
      metadata: reconciled ? withoutRefresh(current) : current.metadata,
      status: statusAfter(current, comparison, store.namespace, shown),
    }));
  }

  /**
   * Returns the errors to show. As a side effect, it starts an automated sync
   * if one is due.
   */
  #conditionsOf(app: Application, comparison: Comparison): Condition[] {
    const { store, onSyncDue, onLookLater } = this.options;
    const key = keyOfApp(app);
    const conditions = comparison.error
      ? [{ type: 'ComparisonError', message: comparison.error }]
      : [];
    const project = store.projectOf(app);
    if (!project) {
      const message = `Application referencing project ${app.spec.project} which does not exist`;
      return [...conditions, { type: 'InvalidSpecError', message }];
    }
    const now = Date.now();
    const open = canSync(windowsFor(project, app), false, now);
    const decision = decideAutoSync(app, comparison, open, now);
    if ('refusal' in decision) {
      conditions.push({ type: 'SyncError', message: decision.refusal });
    } else if ('operation' in decision) {
      onSyncDue(key, decision.operation);
    } else if ('waitMs' in decision) {
      onLookLater(key, decision.waitMs);
    }
    return conditions;
  }
}

function withoutRefresh({ metadata }: Application): Application['metadata'] {
  const { [REFRESH]: asked, ...annotations } = metadata.annotations ?? {};
  return asked === undefined ? metadata : { ...metadata, annotations };
}
