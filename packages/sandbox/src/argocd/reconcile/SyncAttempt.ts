import type { Cluster } from '../cluster/Cluster';
import { instanceName, keyOf } from '../manifest';
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
export interface Progress {
  /** Shows what the operation is doing. */
  report(message: string, syncResult: SyncResult): void;
  /** Waits for a condition; rejects once the operation is terminated. */
  wait(condition: () => boolean): Promise<void>;
}

export interface AttemptOptions {
  live: LiveResources;
  cluster: Cluster;
  loader: TargetLoader;
  controllerNamespace: string;
}

const TASKS_FAILED =
  'one or more synchronization tasks completed unsuccessfully';

/** The result of an operation before it has done anything. */
export function emptyResult({ sync }: Operation): SyncResult {
  return {
    revision: sync.revision ?? '',
    source: sync.source ?? { repoURL: '' },
    ...(sync.sources
      ? { sources: sync.sources, revisions: sync.revisions }
      : {}),
  };
}

/**
 * One attempt at an operation: hooks before, then all resources wave by wave,
 * then hooks after.
 */
export class SyncAttempt {
  readonly #options: AttemptOptions;
  readonly #progress: Progress;

  constructor(options: AttemptOptions, progress: Progress) {
    this.#options = options;
    this.#progress = progress;
  }

  async run(app: Application, operation: Operation): Promise<Outcome> {
    const { sync } = operation;
    const sources = sync.sources ?? (sync.source ? [sync.source] : []);
    const empty = emptyResult(operation);
    let target: Target;
    try {
      target = await this.#options.loader.load(
        app,
        sources,
        sync.revisions ?? [sync.revision],
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        phase: 'Error',
        message: `ComparisonError: ${message}`,
        syncResult: empty,
      };
    }
    // Rejects if the operation was terminated in the meantime.
    await this.#progress.wait(() => true);
    const { namespace, name } = app.metadata;
    const tasks = new SyncTasks({
      ...this.#options,
      app,
      instance: instanceName(
        namespace,
        name,
        this.#options.controllerNamespace,
      ),
      sync,
      target,
    });
    const result = (): SyncResult => ({
      ...(tasks.results.length ? { resources: [...tasks.results] } : {}),
      ...empty,
      ...(sync.sources
        ? { revisions: target.revisions }
        : { revision: target.revisions[0] }),
    });
    const failed = (message: string): Outcome => ({
      phase: 'Failed',
      message,
      syncResult: result(),
    });
    const invalid = tasks.validate();
    if (invalid) {
      return failed(invalid);
    }
    if (!(await this.#hooks(tasks, 'PreSync', result))) {
      return failed(TASKS_FAILED);
    }
    const { waves } = tasks;
    for (const [index, wave] of waves.entries()) {
      const problem = tasks.apply(wave);
      if (problem) {
        return failed(`${TASKS_FAILED}, reason: ${problem}`);
      }
      const waits = index < waves.length - 1 && !sync.dryRun;
      if (waits && !(await this.#healthy(tasks, wave, result))) {
        return failed(TASKS_FAILED);
      }
    }
    tasks.pruneAll();
    const later = [...tasks.hooks('Sync'), ...tasks.hooks('PostSync')];
    if (later.length && !(await this.#restOf(tasks, waves.flat(), result))) {
      return failed(TASKS_FAILED);
    }
    const stepwise =
      later.length > 0 ||
      tasks.hooks('PreSync').length > 0 ||
      sync.dryRun === true;
    return {
      phase: 'Succeeded',
      message: stepwise
        ? 'successfully synced (no more tasks)'
        : 'successfully synced (all tasks run)',
      syncResult: result(),
    };
  }

  /**
   * Runs the Sync and PostSync hooks. A sync with such hooks waits until what
   * it applied is healthy.
   */
  async #restOf(
    tasks: SyncTasks,
    applied: Manifest[],
    result: () => SyncResult,
  ): Promise<boolean> {
    if (
      !(await this.#hooks(tasks, 'Sync', result)) ||
      !(await this.#healthy(tasks, applied, result))
    ) {
      return false;
    }
    tasks.markApplied();
    return await this.#hooks(tasks, 'PostSync', result);
  }

  /**
   * Waits until all of these are healthy; returns false as soon as one is
   * degraded.
   */
  async #healthy(
    tasks: SyncTasks,
    applied: Manifest[],
    result: () => SyncResult,
  ): Promise<boolean> {
    const waiting = tasks.unhealthy(applied);
    if (waiting.length === 0) {
      return true;
    }
    const more =
      waiting.length > 1 ? ` and ${waiting.length - 1} more resources` : '';
    this.#progress.report(
      `waiting for healthy state of ${waiting[0]}${more}`,
      result(),
    );
    await this.#progress.wait(
      () => tasks.unhealthy(applied).length === 0 || tasks.degraded(applied),
    );
    return !tasks.degraded(applied);
  }

  async #hooks(
    tasks: SyncTasks,
    phase: HookPhase,
    result: () => SyncResult,
  ): Promise<boolean> {
    for (const hook of tasks.hooks(phase)) {
      if (!(await this.#hook(tasks, hook, phase, result))) {
        return false;
      }
    }
    return true;
  }

  async #hook(
    tasks: SyncTasks,
    hook: Hook,
    phase: HookPhase,
    result: () => SyncResult,
  ): Promise<boolean> {
    const resource = keyOf(hook.manifest);
    const title = `hook ${resource.group}/${resource.kind}/${resource.name}`;
    if (this.#options.live.get(resource)) {
      this.#progress.report(`waiting for deletion of ${title}`, result());
      this.#options.live.delete(resource);
      await this.#progress.wait(() => !this.#options.live.get(resource));
    }
    tasks.startHook(hook);
    const created = `${resource.kind.toLowerCase()}${
      resource.group ? `.${resource.group}` : ''
    }/${resource.name} created`;
    tasks.markHook(hook, phase, { hookPhase: 'Running', message: created });
    this.#progress.report(`waiting for completion of ${title}`, result());
    const health = () => this.#options.live.get(resource)?.health;
    const over = () => health()?.status !== 'Progressing';
    await this.#progress.wait(over);
    const failed = health()?.status === 'Degraded';
    tasks.markHook(hook, phase, {
      hookPhase: failed ? 'Failed' : 'Succeeded',
      message: health()?.message ?? created,
    });
    const policy =
      hook.manifest.metadata.annotations?.[
        'argocd.argoproj.io/hook-delete-policy'
      ] ?? '';
    if (policy.includes(failed ? 'HookFailed' : 'HookSucceeded')) {
      this.#options.live.delete(resource);
    }
    return !failed;
  }
}
