import { instanceName } from '../manifest';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { sourcesOf, type Application, type Operation } from '../types';
import { decideAutoSync } from './autosync';
import {
  compare,
  mergeConditions,
  statusAfter,
  type Comparison,
} from './compare';
import type { EventRecorder } from './EventRecorder';
import type { LiveResources } from './LiveResources';
import { TargetError, type Target, type TargetLoader } from './target';
import { canSync, windowsFor } from './windows';

/**
 * Annotation that requests a refresh; the controller removes it once the
 * refresh is done.
 */
export const REFRESH = 'argocd.argoproj.io/refresh';

/** The dependencies and callbacks of a reconciler. */
export interface ReconcilerOptions {
  store: Store;
  live: LiveResources;
  loader: TargetLoader;
  events: EventRecorder;
  controllerNamespace: string;
  now: () => number;
  isStopped: () => boolean;
  /** An automated sync is due. */
  onSyncDue: (key: string, operation: Operation) => void;
  /** Another comparison is due after this many milliseconds. */
  onLookLater: (key: string, waitMs: number) => void;
}

/** Compares applications with their sources, and writes their status. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #targets = new Map<string, Target>();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** The target state that the last comparison used. */
  target(key: string): Target | undefined {
    return this.#targets.get(key);
  }

  forget(key: string): void {
    this.#targets.delete(key);
  }

  /** Compares with the known target state, if there is one. */
  look(app: Application): void {
    this.#compare(app, this.target(keyOf(app)) ?? { error: '' }, false);
  }

  /**
   * Loads the target state of an application and compares with it. Heads are
   * read again if `fresh`.
   */
  async reconcile(app: Application, fresh: boolean): Promise<void> {
    const { store, loader } = this.#options;
    const key = keyOf(app);
    let target: Target | { error: string };
    try {
      target = await loader.load(app, sourcesOf(app.spec), [], { fresh });
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
    if (current && !this.#options.isStopped()) {
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
    const { store, live, events, now, controllerNamespace } = this.#options;
    const key = keyOf(app);
    const { namespace, name } = app.metadata;
    const instance = instanceName(namespace, name, controllerNamespace);
    const comparison = compare(target, live.managedBy(instance), resource =>
      live.get(resource),
    );
    const conditions = this.#conditionsOf(app, comparison);
    const before = store.applications.get(key);
    const after = store.applications.update(key, current => ({
      ...current,
      metadata: reconciled ? withoutRefresh(current) : current.metadata,
      status: statusAfter(current, comparison, {
        now: now(),
        reconciled: reconciled && !app.metadata.deletionTimestamp,
        controllerNamespace,
        conditions: mergeConditions(
          current.status.conditions,
          conditions,
          now(),
        ),
      }),
    }));
    if (before && after) {
      events.transition(before, after);
    }
  }

  /**
   * Returns the errors to show. As a side effect, it starts an automated sync
   * if one is due.
   */
  #conditionsOf(
    app: Application,
    comparison: Comparison,
  ): { type: string; message: string }[] {
    const { store, now, onSyncDue, onLookLater } = this.#options;
    const key = keyOf(app);
    const conditions = comparison.error
      ? [{ type: 'ComparisonError', message: comparison.error }]
      : [];
    const project = store.projects.get(app.spec.project);
    if (!project) {
      conditions.push({
        type: 'InvalidSpecError',
        message: `Application referencing project ${app.spec.project} which does not exist`,
      });
      return conditions;
    }
    const open = canSync(windowsFor(project, app), false, now());
    const decision = decideAutoSync(app, comparison, open, now());
    switch (decision.kind) {
      case 'sync':
        onSyncDue(key, decision.operation);
        return conditions;
      case 'refused':
        return [
          ...conditions,
          { type: 'SyncError', message: decision.message },
        ];
      case 'later':
        onLookLater(key, decision.waitMs);
        return conditions;
      default:
        return conditions;
    }
  }
}

function keyOf({ metadata }: Application): string {
  return applicationKey(metadata.namespace, metadata.name);
}

function withoutRefresh({ metadata }: Application): Application['metadata'] {
  const { [REFRESH]: asked, ...annotations } = metadata.annotations ?? {};
  return asked === undefined ? metadata : { ...metadata, annotations };
}
