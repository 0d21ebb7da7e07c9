import type { Cluster } from '../cluster/Cluster';
import { messageOf } from '../../errors';
import { unlessEmpty } from '../json';
import { keyOf, kubectlName, titleOf } from '../manifest';
import type { Store } from '../store/Store';
import type { Application, Manifest, Operation, SyncResult } from '../types';
import type { LiveResources } from './LiveResources';
import { SyncTasks } from './SyncTasks';
import type { Hook, HookPhase, Target, TargetLoader } from './target';

/** How an attempt ended. */
export interface Outcome {
  phase: 'Succeeded' | 'Failed' | 'Error';
  message: string;
  syncResult: SyncResult;
}

/** How an attempt reports progress and waits. */
interface Progress {
  /** Shows what the operation is doing. */
  report(message: string, syncResult: SyncResult): void;
  /** Waits for a condition; rejects once the operation is terminated. */
  wait(condition: () => boolean): Promise<void>;
}

export interface AttemptOptions {
  store: Store;
  live: LiveResources;
  cluster: Cluster;
  loader: TargetLoader;
}

/** The sync fails; the message is that of the operation. */
class SyncFailed extends Error {
  constructor(reason?: string) {
    super(
      `one or more synchronization tasks completed unsuccessfully${
        reason ? `, reason: ${reason}` : ''
      }`,
    );
  }
}

/** The result of an operation before it has done anything. */
export function emptyResult({ sync }: Operation): SyncResult {
  const { revision = '', source = { repoURL: '' }, sources, revisions } = sync;
  return { revision, source, ...(sources && { sources, revisions }) };
}

/**
 * One attempt at an operation: hooks before, then all resources wave by wave,
 * then hooks after.
 */
export class SyncAttempt {
  constructor(
    private readonly options: AttemptOptions,
    private readonly progress: Progress,
  ) {}

  async run(app: Application, operation: Operation): Promise<Outcome> {
    const { live, cluster, loader, store } = this.options;
    const { sync } = operation;
    const empty = emptyResult(operation);
    const sources = sync.sources ?? (sync.source ? [sync.source] : []);
    let target: Target;
    try {
      target = await loader.load(
        app,
        sources,
        sync.revisions ?? [sync.revision],
      );
    } catch (error) {
      const message = `ComparisonError: ${messageOf(error)}`;
      return { phase: 'Error', message, syncResult: empty };
    }
    // Rejects if the operation was terminated in the meantime.
    await this.progress.wait(() => true);
    const tasks = new SyncTasks(live, cluster, app, sync, target);
    const { revisions } = target;
    const result = (): SyncResult => ({
      ...empty,
      ...(sync.sources ? { revisions } : { revision: revisions[0] }),
      resources: unlessEmpty(tasks.results.map(one => ({ ...one }))),
    });
    const ended = (phase: Outcome['phase'], message: string): Outcome => ({
      phase,
      message,
      syncResult: result(),
    });
    if (tasks.unknown) {
      return ended(
        'Failed',
        `one or more synchronization tasks are not valid: failed to discover server resources for group version ${tasks.unknown.apiVersion}: the server could not find the requested resource`,
      );
    }
    try {
      await this.#steps(tasks, sync.dryRun ?? false, result, () =>
        tasks.prune(live.managedBy(store.instanceOf(app))),
      );
    } catch (error) {
      if (error instanceof SyncFailed) {
        return ended('Failed', error.message);
      }
      throw error;
    }
    const stepwise = target.hooks.some(
      ({ phases: [phase] }) => tasks.hooks(phase).length,
    );
    return ended(
      'Succeeded',
      `successfully synced (${
        stepwise || sync.dryRun ? 'no more tasks' : 'all tasks run'
      })`,
    );
  }

  async #steps(
    tasks: SyncTasks,
    dryRun: boolean,
    result: () => SyncResult,
    prune: () => void,
  ): Promise<void> {
    await this.#hooks(tasks, 'PreSync', result);
    const { waves } = tasks;
    for (const [index, wave] of waves.entries()) {
      const problem = tasks.apply(wave);
      if (problem) {
        throw new SyncFailed(problem);
      }
      if (index < waves.length - 1 && !dryRun) {
        await this.#healthy(wave, result);
      }
    }
    prune();
    // A sync with such hooks waits until what it applied is healthy.
    if (tasks.hooks('Sync').length || tasks.hooks('PostSync').length) {
      await this.#hooks(tasks, 'Sync', result);
      await this.#healthy(waves.flat(), result);
      tasks.markApplied();
      await this.#hooks(tasks, 'PostSync', result);
    }
  }

  /** Waits until all of these are healthy; fails as soon as one is degraded. */
  async #healthy(applied: Manifest[], result: () => SyncResult): Promise<void> {
    const { live } = this.options;
    const healthOf = (manifest: Manifest) =>
      live.get(keyOf(manifest))?.health?.status ?? 'Healthy';
    const waiting = () =>
      applied.filter(one => !['Healthy', 'Suspended'].includes(healthOf(one)));
    const degraded = () => applied.some(one => healthOf(one) === 'Degraded');
    const [first, ...others] = waiting();
    if (!first) {
      return;
    }
    const more = others.length ? ` and ${others.length} more resources` : '';
    this.progress.report(
      `waiting for healthy state of ${titleOf(first)}${more}`,
      result(),
    );
    await this.progress.wait(() => !waiting().length || degraded());
    if (degraded()) {
      throw new SyncFailed();
    }
  }

  async #hooks(
    tasks: SyncTasks,
    phase: HookPhase,
    result: () => SyncResult,
  ): Promise<void> {
    for (const hook of tasks.hooks(phase)) {
      await this.#hook(tasks, hook, phase, result);
    }
  }

  async #hook(
    tasks: SyncTasks,
    hook: Hook,
    phase: HookPhase,
    result: () => SyncResult,
  ): Promise<void> {
    const { live } = this.options;
    const { manifest } = hook;
    const resource = keyOf(manifest);
    const title = `hook ${titleOf(manifest)}`;
    if (live.get(resource)) {
      this.progress.report(`waiting for deletion of ${title}`, result());
      live.delete(resource);
      await this.progress.wait(() => !live.get(resource));
    }
    live.apply(manifest);
    const created = `${kubectlName(manifest)} created`;
    tasks.markHook(hook, phase, { hookPhase: 'Running', message: created });
    this.progress.report(`waiting for completion of ${title}`, result());
    const health = () => live.get(resource)?.health;
    await this.progress.wait(() => health()?.status !== 'Progressing');
    const failed = health()?.status === 'Degraded';
    const hookPhase = failed ? 'Failed' : 'Succeeded';
    const message = health()?.message ?? created;
    tasks.markHook(hook, phase, { hookPhase, message });
    const policy =
      manifest.metadata.annotations?.['argocd.argoproj.io/hook-delete-policy'];
    if (policy?.includes(`Hook${hookPhase}`)) {
      live.delete(resource);
    }
    if (failed) {
      throw new SyncFailed();
    }
  }
}
