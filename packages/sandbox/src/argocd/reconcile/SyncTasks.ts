import { asObject, asStrings } from '../json';
import type { Cluster } from '../cluster/Cluster';
import { groupOf, imagesOf, keyId, keyOf } from '../manifest';
import type {
  Application,
  Manifest,
  ResourceResult,
  SyncOperation,
} from '../types';
import {
  baseResult,
  inApplyOrder,
  isSelected,
  kubectlName,
  unknownKind,
} from './applyOrder';
import { compare } from './compare';
import type { LiveResource, LiveResources } from './LiveResources';
import {
  definesKind,
  invalidity,
  undiscoveredMessage,
  unknownKindMessage,
} from './refusals';
import {
  hookPhases,
  waveOf,
  type Hook,
  type HookPhase,
  type Target,
} from './target';

/** The objects of a sync, in order, and the result for each. */
export class SyncTasks {
  readonly #live: LiveResources;
  readonly #cluster: Cluster;
  readonly #app: Application;
  readonly #instance: string;
  readonly #sync: SyncOperation;
  readonly #target: Target;
  readonly #controllerNamespace: string;
  readonly results: ResourceResult[] = [];

  constructor(options: {
    live: LiveResources;
    cluster: Cluster;
    app: Application;
    instance: string;
    sync: SyncOperation;
    target: Target;
    controllerNamespace: string;
  }) {
    this.#live = options.live;
    this.#cluster = options.cluster;
    this.#app = options.app;
    this.#instance = options.instance;
    this.#sync = options.sync;
    this.#target = options.target;
    this.#controllerNamespace = options.controllerNamespace;
  }

  /**
   * The hooks of a phase, in order. Hooks run only in full syncs, and not in
   * dry runs.
   */
  hooks(phase: HookPhase): Hook[] {
    if (this.#sync.resources?.length || this.#sync.dryRun) {
      return [];
    }
    const wanted = this.#target.hooks.filter(hook =>
      hook.phases.includes(phase),
    );
    const order = inApplyOrder(wanted.map(hook => hook.manifest));
    return order.flatMap(
      manifest => wanted.find(hook => hook.manifest === manifest) ?? [],
    );
  }

  get manifests(): Manifest[] {
    const selected = this.#target.manifests.filter(manifest =>
      isSelected(manifest, this.#sync.resources),
    );
    return inApplyOrder(
      this.#onlyOutOfSync
        ? selected.filter(m => this.#isOutOfSync(m))
        : selected,
    );
  }

  /** The manifests to apply, one list per wave. */
  get waves(): Manifest[][] {
    const waves = new Map<number, Manifest[]>();
    for (const manifest of this.manifests) {
      const wave = waveOf(manifest);
      waves.set(wave, [...(waves.get(wave) ?? []), manifest]);
    }
    return [...waves.values()];
  }

  get #onlyOutOfSync(): boolean {
    return this.#sync.syncOptions?.includes('ApplyOutOfSyncOnly=true') ?? false;
  }

  #isOutOfSync(manifest: Manifest): boolean {
    const live = this.#live.get(keyOf(manifest));
    const alone = { ...this.#target, manifests: [manifest] };
    return compare(alone, live ? [live] : [], () => live).sync === 'OutOfSync';
  }

  /** Live objects that are no longer in the target state. */
  #extras(): LiveResource[] {
    const wanted = new Set(
      this.#target.manifests.map(manifest => keyId(keyOf(manifest))),
    );
    return this.#live
      .managedBy(this.#instance)
      .filter(
        live =>
          !wanted.has(keyId(live.key)) &&
          !hookPhases(live.manifest) &&
          isSelected(live.manifest, this.#sync.resources),
      );
  }

  /** Checks what can fail before anything is applied; returns the reason. */
  validate(): string | undefined {
    const definitions = [
      ...this.#target.manifests,
      ...this.#cluster
        .list('apiextensions.k8s.io', 'CustomResourceDefinition', '')
        .map(live => live.manifest),
    ];
    const unknown = this.manifests.filter(manifest =>
      unknownKind(manifest, (group, kind) =>
        definesKind(definitions, group, kind),
      ),
    );
    for (const manifest of unknown) {
      this.results.push({
        ...baseResult(manifest),
        status: 'SyncFailed',
        message: unknownKindMessage(manifest),
        syncPhase: 'Sync',
      });
    }
    return unknown.length > 0 ? undiscoveredMessage(unknown[0]) : undefined;
  }

  /**
   * Applies a wave, or in a dry run reports what applying would do. Returns the
   * reason of a failure.
   */
  apply(wave: Manifest[]): string | undefined {
    this.#createNamespace();
    const failures: string[] = [];
    for (const manifest of wave) {
      const problem = this.#problemOf(manifest);
      if (problem) {
        failures.push(problem);
        this.results.push({
          ...baseResult(manifest),
          status: 'SyncFailed',
          message: problem,
          hookPhase: 'Failed',
          syncPhase: 'Sync',
        });
      } else {
        const images = imagesOf(manifest);
        const outcome = this.#sync.dryRun
          ? this.#live.dryRun(manifest)
          : this.#live.apply(manifest);
        this.results.push({
          ...baseResult(manifest),
          status: 'Synced',
          message: `${kubectlName(manifest)} ${outcome}${
            this.#sync.dryRun ? ' (dry run)' : ''
          }`,
          hookPhase: this.#sync.dryRun ? 'Succeeded' : 'Running',
          syncPhase: 'Sync',
          ...(images.length ? { images } : {}),
        });
      }
    }
    return failures.length ? failures.join(', ') : undefined;
  }

  /**
   * Prunes what is no longer in the target state, or in a dry run reports it.
   */
  pruneAll(): void {
    this.#extras().forEach(extra => this.#prune(extra));
  }

  #prune(extra: LiveResource): void {
    const protectedByOption = (
      extra.manifest.metadata.annotations?.[
        'argocd.argoproj.io/sync-options'
      ] ?? ''
    ).includes('Prune=false');
    const prunes = this.#sync.prune === true && !protectedByOption;
    if (prunes && !this.#sync.dryRun) {
      this.#live.delete(extra.key);
    }
    this.results.push({
      ...baseResult(extra.manifest),
      status: prunes ? 'Pruned' : 'PruneSkipped',
      message: prunes
        ? `pruned${this.#sync.dryRun ? ' (dry run)' : ''}`
        : 'ignored (requires pruning)',
      hookPhase: 'Succeeded',
      syncPhase: 'Sync',
    });
  }

  #createNamespace(): void {
    const name = this.#app.spec.destination.namespace;
    const wanted = [
      ...(this.#sync.syncOptions ?? []),
      ...asStrings(asObject(this.#app.spec.syncPolicy).syncOptions),
    ].includes('CreateNamespace=true');
    if (
      name &&
      wanted &&
      !this.#sync.dryRun &&
      !this.#cluster.hasNamespace(name, this.#controllerNamespace)
    ) {
      this.#cluster.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
  }

  /** The error with which the API server would refuse a manifest. */
  #problemOf(manifest: Manifest): string | undefined {
    const { namespace } = manifest.metadata;
    return namespace &&
      !this.#sync.dryRun &&
      !this.#cluster.hasNamespace(namespace, this.#controllerNamespace)
      ? `namespaces "${namespace}" not found`
      : invalidity(manifest);
  }

  /** Starts a hook; what was left of it has been deleted before. */
  startHook(hook: Hook): void {
    this.#live.apply(hook.manifest);
  }

  markHook(
    hook: Hook,
    phase: HookPhase,
    state: { hookPhase: string; message: string },
  ): void {
    const images = imagesOf(hook.manifest);
    const result: ResourceResult = {
      ...baseResult(hook.manifest),
      status: 'Synced',
      message: state.message,
      hookType: phase,
      hookPhase: state.hookPhase,
      syncPhase: phase,
      ...(images.length ? { images } : {}),
    };
    const index = this.results.findIndex(
      r =>
        r.kind === result.kind &&
        r.name === result.name &&
        r.syncPhase === phase,
    );
    if (index < 0) {
      this.results.push(result);
    } else {
      this.results[index] = result;
    }
  }

  /**
   * Marks the applied resources as healthy, so that a sync with more steps
   * continues.
   */
  markApplied(): void {
    this.results.forEach((result, i) => {
      if (result.syncPhase === 'Sync' && result.hookPhase === 'Running') {
        this.results[i] = { ...result, hookPhase: 'Succeeded' };
      }
    });
  }

  /** The names of applied resources that aren't healthy yet. */
  unhealthy(applied: Manifest[]): string[] {
    return applied.flatMap(manifest => {
      const health = this.#live.get(keyOf(manifest))?.health?.status;
      return health && health !== 'Healthy' && health !== 'Suspended'
        ? [
            `${groupOf(manifest.apiVersion)}/${manifest.kind}/${
              manifest.metadata.name
            }`,
          ]
        : [];
    });
  }

  /** Whether an applied resource is degraded. */
  degraded(applied: Manifest[]): boolean {
    return applied.some(
      manifest =>
        this.#live.get(keyOf(manifest))?.health?.status === 'Degraded',
    );
  }
}
