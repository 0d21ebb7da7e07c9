import type { Cluster } from '../cluster/Cluster';
import { asStrings, at, unlessEmpty } from '../json';
import { imagesOf, keyId, keyOf, kubectlName, versionOf } from '../manifest';
import type {
  Application,
  Manifest,
  ResourceResult,
  SyncOperation,
} from '../types';
import type { LiveResource, LiveResources } from './LiveResources';
import {
  hookPhases,
  waveOf,
  type Hook,
  type HookPhase,
  type Target,
} from './target';

/**
 * The order in which Argo CD (like Helm) applies kinds; all other kinds come
 * last.
 */
const KINDS =
  'Namespace NetworkPolicy ResourceQuota LimitRange PodDisruptionBudget ServiceAccount Secret ConfigMap StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole ClusterRoleBinding Role RoleBinding Service DaemonSet Pod ReplicaSet Deployment HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress'.split(
    ' ',
  );

/** Groups whose kinds the cluster has without a definition. */
const KNOWN_GROUPS =
  /^(|apps|argocd-image-updater\.argoproj\.io|argoproj\.io|autoscaling|batch|policy|.*\.k8s\.io)$/;

const rankOf = ({ kind }: Manifest) =>
  KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length;

/** By wave, then by kind, then by name. */
function byApplyOrder(a: Manifest, b: Manifest): number {
  return (
    waveOf(a) - waveOf(b) ||
    rankOf(a) - rankOf(b) ||
    (a.metadata.name < b.metadata.name ? -1 : 1)
  );
}

/** The objects of a sync, in order, and the result for each. */
export class SyncTasks {
  readonly results: ResourceResult[] = [];

  constructor(
    private readonly live: LiveResources,
    private readonly cluster: Cluster,
    private readonly app: Application,
    private readonly sync: SyncOperation,
    private readonly target: Target,
  ) {}

  /**
   * The hooks of a phase, in order. Hooks run only in full syncs, and not in
   * dry runs.
   */
  hooks(phase: HookPhase): Hook[] {
    return this.sync.resources || this.sync.dryRun
      ? []
      : this.target.hooks
          .filter(hook => hook.phases.includes(phase))
          .sort((a, b) => byApplyOrder(a.manifest, b.manifest));
  }

  /** The manifests to apply, one list per wave. */
  get waves(): Manifest[][] {
    const selected = this.target.manifests
      .filter(manifest => this.#isSelected(manifest))
      .sort(byApplyOrder);
    return [...new Set(selected.map(waveOf))].map(wave =>
      selected.filter(manifest => waveOf(manifest) === wave),
    );
  }

  /** Whether a sync limited to certain resources includes this one. */
  #isSelected(manifest: Manifest): boolean {
    const own = keyOf(manifest);
    return (
      this.sync.resources?.some(
        ({ group = '', kind, name, namespace }) =>
          group === own.group &&
          kind === own.kind &&
          name === own.name &&
          (!namespace || namespace === own.namespace),
      ) ?? true
    );
  }

  /** A manifest of a kind that neither the cluster nor the target defines. */
  get unknown(): Manifest | undefined {
    const defined = this.target.manifests
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(definition => at(definition, 'spec', 'group'));
    return this.waves.flat().find(manifest => {
      const { group } = keyOf(manifest);
      return !KNOWN_GROUPS.test(group) && !defined.includes(group);
    });
  }

  /**
   * Applies a wave, or in a dry run reports what applying would do. Returns the
   * reason of a failure.
   */
  apply(wave: Manifest[]): string | undefined {
    const { dryRun } = this.sync;
    this.#createNamespace();
    const failures: string[] = [];
    for (const manifest of wave) {
      const { namespace } = manifest.metadata;
      if (namespace && !dryRun && !this.cluster.hasNamespace(namespace)) {
        const problem = `namespaces "${namespace}" not found`;
        failures.push(problem);
        this.#add(manifest, {
          status: 'SyncFailed',
          message: problem,
          hookPhase: 'Failed',
        });
      } else {
        const outcome = dryRun
          ? `${this.live.dryRun(manifest)} (dry run)`
          : this.live.apply(manifest);
        this.#add(manifest, {
          status: 'Synced',
          message: `${kubectlName(manifest)} ${outcome}`,
          hookPhase: dryRun ? 'Succeeded' : 'Running',
          images: unlessEmpty(imagesOf(manifest)),
        });
      }
    }
    return failures.join(', ') || undefined;
  }

  #add(manifest: Manifest, result: Partial<ResourceResult>): void {
    this.results.push({
      ...baseResult(manifest),
      syncPhase: 'Sync',
      ...result,
    });
  }

  /**
   * Prunes what is no longer in the target state, or in a dry run reports it.
   */
  prune(managed: LiveResource[]): void {
    const { dryRun, prune } = this.sync;
    const wanted = new Set(this.target.manifests.map(one => keyId(keyOf(one))));
    const extras = managed.filter(
      ({ key, manifest }) =>
        !wanted.has(keyId(key)) &&
        !hookPhases(manifest) &&
        this.#isSelected(manifest),
    );
    for (const { key, manifest } of extras) {
      if (prune && !dryRun) {
        this.live.delete(key);
      }
      const pruned = `pruned${dryRun ? ' (dry run)' : ''}`;
      this.#add(manifest, {
        status: prune ? 'Pruned' : 'PruneSkipped',
        message: prune ? pruned : 'ignored (requires pruning)',
        hookPhase: 'Succeeded',
      });
    }
  }

  #createNamespace(): void {
    const { destination, syncPolicy } = this.app.spec;
    const name = destination.namespace;
    const options =
      this.sync.syncOptions ?? asStrings(at(syncPolicy, 'syncOptions'));
    if (
      name &&
      options.includes('CreateNamespace=true') &&
      !this.sync.dryRun &&
      !this.cluster.hasNamespace(name)
    ) {
      const metadata = { name };
      this.cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata });
    }
  }

  /** Shows the state of a hook. */
  markHook(
    { manifest }: Hook,
    phase: HookPhase,
    state: Pick<ResourceResult, 'hookPhase' | 'message'>,
  ): void {
    const { kind, name } = keyOf(manifest);
    const index = this.results.findIndex(
      r => r.kind === kind && r.name === name && r.syncPhase === phase,
    );
    this.results.splice(index < 0 ? this.results.length : index, 1, {
      ...baseResult(manifest),
      status: 'Synced',
      hookType: phase,
      syncPhase: phase,
      images: unlessEmpty(imagesOf(manifest)),
      ...state,
    });
  }

  /**
   * Marks the applied resources as healthy, so that a sync with more steps
   * continues.
   */
  markApplied(): void {
    for (const result of this.results) {
      if (result.syncPhase === 'Sync' && result.hookPhase === 'Running') {
        result.hookPhase = 'Succeeded';
      }
    }
  }
}

function baseResult(manifest: Manifest): ResourceResult {
  return { ...keyOf(manifest), version: versionOf(manifest) };
}
