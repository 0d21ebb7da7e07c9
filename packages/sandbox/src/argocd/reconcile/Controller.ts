import type { PartLogger } from '../../part';
import type { Cluster } from '../cluster/Cluster';
import type { GitRepositories } from '../git/GitRepositories';
import { jsonEqual } from '../json';
import {
  keyOfApp,
  parentOf,
  type ApplicationEvent,
} from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import {
  SKIP_RECONCILE,
  sourcesOf,
  type Application,
  type Operation,
} from '../types';
import { Deleter } from './Deleter';
import type { EventRecorder } from './EventRecorder';
import { LiveResources } from './LiveResources';
import { OperationRunner } from './OperationRunner';
import { withOperationState } from './operationStatus';
import { Reconciler } from './Reconciler';
import type { Target, TargetLoader } from './target';
import { Waiter } from './Waiter';
import { WorkQueue } from './WorkQueue';

/**
 * Each application is compared at least this often. Argo CD's default is two
 * minutes plus a jitter.
 */
const RESYNC_MS = 150_000;

/** What the controller works on, and the API shows. */
export interface ArgoCdParts {
  store: Store;
  cluster: Cluster;
  git: GitRepositories;
  loader: TargetLoader;
  events: EventRecorder;
}

interface ControllerOptions extends ArgoCdParts {
  pollMs: number;
  /** How long a terminated operation takes to end. */
  terminationMs: number;
  logger: PartLogger;
}

/** The application controller: follows Git heads and live objects, and runs operations. */
export class Controller {
  readonly live: LiveResources;
  readonly #waiter = new Waiter();
  readonly #runner: OperationRunner;
  readonly #deleter: Deleter;
  /** Comparisons: full ones read the sources, others only live objects. */
  readonly #queue = new WorkQueue((key, full) => this.#process(key, full));
  /**
   * Comparisons with live objects that have changed. They don't wait until sources
   * have been read, or a state of the pods could pass unseen.
   */
  readonly #looks = new WorkQueue(key => this.#process(key, false));
  readonly #reconciler: Reconciler;
  readonly #busy = new Set<string>();
  readonly #heads = new Map<string, string>();
  #stopped = false;
  #unsubscribe: (() => void)[] = [];

  constructor(private readonly options: ControllerOptions) {
    const { store, cluster } = options;
    const waiter = this.#waiter;
    const live = new LiveResources(store, cluster, key => this.delete(key));
    this.live = live;
    this.#runner = new OperationRunner({ ...options, live, waiter });
    this.#deleter = new Deleter(store, live, waiter);
    this.#reconciler = new Reconciler({
      ...options,
      live,
      isStopped: () => this.#stopped,
      onSyncDue: (key, operation) => this.#setOperation(key, operation),
      onLookLater: (key, waitMs) =>
        this.#later(waitMs, () => this.#enqueue(key)),
    });
  }

  start(): void {
    const { store, cluster } = this.options;
    this.#unsubscribe = [
      store.applications.subscribe(event => this.#onEvent(event)),
      cluster.subscribe(instance => this.#onLiveChange(instance)),
    ];
    for (const app of this.#applications()) {
      this.#enqueue(keyOfApp(app), true);
    }
    this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.stop();
    this.#looks.stop();
    this.#waiter.stop();
    this.#unsubscribe.forEach(end => end());
  }

  /** Compares an application now; resolves once its status shows the result. */
  async refresh(key: string): Promise<void> {
    await this.#queue.add(key, true);
  }

  /**
   * Starts the deletion of an application. Its resources are deleted as well if
   * it has the finalizer.
   */
  delete(key: string): void {
    this.#deleter.request(key);
  }

  /** The target state that the last comparison used. */
  target(key: string): Target | undefined {
    return this.#reconciler.target(key);
  }

  /** All applications that the controller handles. */
  #applications(): Application[] {
    return this.options.store.applications
      .sorted()
      .filter(app => !isSkipped(app));
  }

  #enqueue(key: string, full = false): void {
    this.#queue.add(key, full).catch(() => {});
  }

  #later(ms: number, run: () => void): void {
    setTimeout(() => this.#stopped || run(), ms).unref();
  }

  #onEvent({ type, app, before }: ApplicationEvent): void {
    if (isSkipped(app)) {
      return;
    }
    const key = keyOfApp(app);
    this.#waiter.notify();
    if (type === 'DELETED') {
      this.#reconciler.forget(key);
      this.options.store.events.delete(key);
    } else {
      const { comparedTo } = app.status.sync;
      const seen = comparedTo.sources ?? [comparedTo.source];
      const changed =
        app.status.reconciledAt === undefined ||
        !jsonEqual(seen, sourcesOf(app.spec)) ||
        !jsonEqual(comparedTo.destination, app.spec.destination);
      const idle = app.operation && !this.#busy.has(key);
      if (type === 'ADDED' || changed) {
        this.#enqueue(key, true);
      } else if (idle || app.metadata.deletionTimestamp) {
        this.#enqueue(key);
      }
    }
    // To the app-of-apps that manages it, the change may be drift.
    const parent = parentOf(app);
    if (
      parent !== undefined &&
      (before?.spec !== app.spec ||
        before.metadata.labels !== app.metadata.labels ||
        before.metadata.annotations !== app.metadata.annotations)
    ) {
      this.#onLiveChange(parent);
    }
  }

  #onLiveChange(instance: string): void {
    this.#waiter.notify();
    const key = this.options.store.keyOfInstance(instance);
    if (this.#reconciler.target(key)) {
      this.#looks.add(key, false).catch(() => {});
    } else {
      this.#enqueue(key);
    }
  }

  async #process(key: string, full: boolean): Promise<void> {
    const app = this.options.store.applications.get(key);
    if (!app || this.#stopped || isSkipped(app)) {
      return;
    }
    try {
      if (app.metadata.deletionTimestamp) {
        this.#reconciler.look(app);
        this.#deleter.run(key);
        return;
      }
      if (!full && this.#reconciler.target(key)) {
        this.#reconciler.look(app);
      } else if (full || app.status.reconciledAt === undefined) {
        await this.#reconciler.reconcile(app);
      }
      this.#startOperation(key);
    } catch (error) {
      this.#failed(`${key}: `, error);
    }
  }

  #failed(what: string, error: unknown): void {
    const text = error instanceof Error ? error.stack : String(error);
    this.options.logger.error(`argocd: ${what}${text}`);
  }

  /**
   * Sets an application's operation and removes the state of the previous one.
   */
  #setOperation(key: string, operation: Operation): void {
    // Marked busy so that it isn't treated as idle: it is started once the
    // status has been written.
    this.#busy.add(key);
    this.options.store.applications.update(key, app => ({
      ...withOperationState(app, undefined),
      operation,
    }));
    this.#busy.delete(key);
  }

  #startOperation(key: string): void {
    const app = this.options.store.applications.get(key);
    if (!app?.operation || this.#busy.has(key) || this.#stopped) {
      return;
    }
    this.#busy.add(key);
    this.#runner
      .run(key)
      .catch(error => this.#failed(`${key}: `, error))
      .finally(() => {
        this.#busy.delete(key);
        this.#enqueue(key, true);
      });
  }

  /** Runs one round of polling and schedules the next. */
  #poll(): void {
    const apps = this.#applications();
    this.#moved(apps)
      .then(moved => {
        for (const app of apps) {
          const age = Date.now() - Date.parse(app.status.reconciledAt ?? '');
          if (age > RESYNC_MS || isFrom(app, moved)) {
            this.#enqueue(keyOfApp(app), true);
          }
        }
      })
      .catch(error => this.#failed('', error))
      .finally(() => this.#later(this.options.pollMs, () => this.#poll()));
  }

  /**
   * The repositories of applications that have moved, disappeared or come back
   * since the last round, with one read per repository and round.
   */
  async #moved(apps: Application[]): Promise<string[]> {
    const urls = apps.flatMap(app => sourcesOf(app.spec).map(s => s.repoURL));
    const moved = await Promise.all(
      [...new Set(urls)].map(async url => {
        const heads = await this.options.git.refs(url).then(
          refs => JSON.stringify([...refs]),
          (error: unknown) => String(error),
        );
        const same = this.#heads.get(url) === heads;
        this.#heads.set(url, heads);
        return same ? [] : [url];
      }),
    );
    return moved.flat();
  }
}

function isFrom({ spec }: Application, repositories: string[]): boolean {
  return sourcesOf(spec).some(({ repoURL }) => repositories.includes(repoURL));
}

function isSkipped({ metadata }: Application): boolean {
  return metadata.annotations?.[SKIP_RECONCILE] === 'true';
}
