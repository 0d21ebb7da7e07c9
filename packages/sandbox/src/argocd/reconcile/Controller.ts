import type { PartLogger } from '../../part';
import type { Cluster } from '../cluster/Cluster';
import type { GitRepositories } from '../git/GitRepositories';
import {
  applicationKey,
  type ApplicationEvent,
} from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { sourcesOf, type Application, type Operation } from '../types';
import { Deleter } from './Deleter';
import { HeadPoller } from './HeadPoller';
import type { EventRecorder } from './EventRecorder';
import { LiveResources } from './LiveResources';
import { OperationRunner } from './OperationRunner';
import { withOperationState } from './operationStatus';
import { Reconciler } from './Reconciler';
import type { Target, TargetLoader } from './target';
import { Waiter } from './Waiter';
import { WorkQueue } from './WorkQueue';

/**
 * How deep a comparison goes: live objects only, sources as well, or sources
 * with heads read again.
 */
type Level = 'live' | 'full' | 'fresh';

const LEVELS: Level[] = ['live', 'full', 'fresh'];

/**
 * Each application is compared at least this often. Argo CD's default is two
 * minutes plus a jitter.
 */
const RESYNC_MS = 150_000;

export interface ControllerOptions {
  store: Store;
  cluster: Cluster;
  git: GitRepositories;
  loader: TargetLoader;
  events: EventRecorder;
  controllerNamespace: string;
  pollMs: number;
  /** How long a terminated operation takes to end. */
  terminationMs: number;
  now: () => number;
  logger: PartLogger;
}

/** The application controller: follows Git heads and live objects, and runs operations. */
export class Controller {
  readonly live: LiveResources;
  readonly #options: ControllerOptions;
  readonly #waiter = new Waiter();
  readonly #runner: OperationRunner;
  readonly #deleter: Deleter;
  readonly #queue: WorkQueue<Level>;
  readonly #reconciler: Reconciler;
  readonly #busy = new Set<string>();
  readonly #poller: HeadPoller;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = true;
  #unsubscribe: (() => void)[] = [];

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#poller = new HeadPoller(options.git);
    this.live = new LiveResources(options.store, options.cluster, key =>
      this.#deleter.request(key),
    );
    this.#runner = new OperationRunner({
      ...options,
      live: this.live,
      waiter: this.#waiter,
    });
    this.#deleter = new Deleter({
      ...options,
      live: this.live,
      waiter: this.#waiter,
    });
    this.#reconciler = new Reconciler({
      ...options,
      live: this.live,
      isStopped: () => this.#stopped,
      onSyncDue: (key, operation) => this.#setOperation(key, operation),
      onLookLater: (key, waitMs) =>
        this.#later(waitMs, () => this.#enqueue(key, 'live')),
    });
    this.#queue = new WorkQueue({
      run: (key, level) => this.#process(key, level),
      merge: (a, b) => (LEVELS.indexOf(a) > LEVELS.indexOf(b) ? a : b),
      limit: 8,
    });
  }

  start(): void {
    const { store, cluster } = this.#options;
    this.#stopped = false;
    this.#waiter.start();
    this.#unsubscribe = [
      store.applications.subscribe(event => this.#onEvent(event)),
      cluster.subscribe(instance => this.#onLiveChange(instance)),
    ];
    this.#queue.start();
    for (const app of this.#applications()) {
      this.#enqueue(keyOf(app), 'full');
    }
    this.#poll().catch(error => this.#options.logger.error(`argocd: ${error}`));
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.stop();
    this.#waiter.stop();
    this.#unsubscribe.forEach(end => end());
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
  }

  /**
   * Compares an application now, with heads read again; resolves once its
   * status shows the result.
   */
  async refresh(key: string): Promise<void> {
    await this.#queue.add(key, 'fresh');
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
    return this.#options.store.applications
      .sorted()
      .flatMap(({ app }) => (isSkipped(app) ? [] : [app]));
  }

  #enqueue(key: string, level: Level): void {
    this.#queue.add(key, level).catch(() => {});
  }

  #later(ms: number, run: () => void): void {
    if (this.#stopped) {
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #onEvent({ type, record: { app }, before }: ApplicationEvent): void {
    if (isSkipped(app)) {
      return;
    }
    const key = keyOf(app);
    this.#waiter.notify();
    if (type === 'DELETED') {
      this.#reconciler.forget(key);
      this.#options.store.events.delete(key);
      this.#parentsOf(app);
      return;
    }
    const { comparedTo } = app.status.sync;
    const seen = comparedTo.sources ?? [comparedTo.source];
    const changed =
      app.status.reconciledAt === undefined ||
      JSON.stringify([seen, comparedTo.destination]) !==
        JSON.stringify([sourcesOf(app.spec), app.spec.destination]);
    const idle = app.operation && !this.#busy.has(key);
    if (type === 'ADDED' || changed || idle || app.metadata.deletionTimestamp) {
      this.#enqueue(key, type === 'ADDED' || changed ? 'full' : 'live');
    }
    if (
      !before ||
      before.spec !== app.spec ||
      before.metadata.labels !== app.metadata.labels ||
      before.metadata.annotations !== app.metadata.annotations
    ) {
      this.#parentsOf(app);
    }
  }

  /**
   * Reports a changed Application to the app-of-apps that manages it, as the
   * change may be drift.
   */
  #parentsOf(app: Application): void {
    const instance =
      app.metadata.annotations?.['argocd.argoproj.io/tracking-id']?.split(
        ':',
      )[0];
    if (instance !== undefined) {
      this.#onLiveChange(instance);
    }
  }

  #onLiveChange(instance: string): void {
    this.#waiter.notify();
    const [namespace, name] = instance.includes('_')
      ? instance.split('_', 2)
      : [this.#options.controllerNamespace, instance];
    this.#enqueue(applicationKey(namespace, name), 'live');
  }

  async #process(key: string, level: Level): Promise<void> {
    const app = this.#options.store.applications.get(key);
    if (!app || this.#stopped || isSkipped(app)) {
      return;
    }
    try {
      if (app.metadata.deletionTimestamp) {
        this.#reconciler.look(app);
        this.#deleter.run(key);
        return;
      }
      if (level === 'live' && this.#reconciler.target(key)) {
        this.#reconciler.look(app);
      } else if (level !== 'live' || app.status.reconciledAt === undefined) {
        await this.#reconciler.reconcile(app, level === 'fresh');
      }
      this.#startOperation(key);
    } catch (error) {
      this.#options.logger.error(
        `argocd: ${key}: ${
          error instanceof Error ? error.stack : String(error)
        }`,
      );
    }
  }

  /**
   * Sets an application's operation and removes the state of the previous one.
   */
  #setOperation(key: string, operation: Operation): void {
    // Marked busy so that it isn't treated as idle: it is started once the
    // status has been written.
    this.#busy.add(key);
    this.#options.store.applications.update(key, app => ({
      ...app,
      status: withOperationState(app, undefined),
      operation,
    }));
    this.#busy.delete(key);
  }

  #startOperation(key: string): void {
    const app = this.#options.store.applications.get(key);
    if (!app?.operation || this.#busy.has(key) || this.#stopped) {
      return;
    }
    this.#busy.add(key);
    this.#runner
      .run(key)
      .catch(error => this.#options.logger.error(`argocd: ${key}: ${error}`))
      .finally(() => {
        this.#busy.delete(key);
        this.#enqueue(key, 'full');
      });
  }

  /** Runs one round of polling and schedules the next. */
  async #poll(): Promise<void> {
    const { pollMs, now } = this.#options;
    const apps = this.#applications();
    const moved = await this.#poller.moved(apps);
    for (const app of apps) {
      const age = now() - Date.parse(app.status.reconciledAt ?? '');
      if (moved.has(app) || age > RESYNC_MS) {
        this.#enqueue(keyOf(app), 'full');
      }
    }
    this.#later(pollMs, () => {
      this.#poll().catch(error =>
        this.#options.logger.error(`argocd: ${error}`),
      );
    });
  }
}

function keyOf(app: Application): string {
  return applicationKey(app.metadata.namespace, app.metadata.name);
}

/** Argo CD's annotation that makes its controller skip an application. */
export const SKIP_RECONCILE = 'argocd.argoproj.io/skip-reconcile';

function isSkipped({ metadata }: Application): boolean {
  return metadata.annotations?.[SKIP_RECONCILE] === 'true';
}
