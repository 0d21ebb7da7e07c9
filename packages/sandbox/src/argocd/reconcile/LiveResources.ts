import type { ApplyOutcome, Cluster } from '../cluster/Cluster';
import { applyManifest } from '../cluster/diff';
import { rolloutStatus } from '../cluster/rollout';
import { healthOf, liveImages } from '../cluster/health';
import { isObject, jsonEqual, type Obj } from '../json';
import {
  keyOf,
  parseManifest,
  withAnnotations,
  type ResourceKey,
} from '../manifest';
import { applicationKey } from '../store/ApplicationStore';
import { authorMeta, parseApplicationInput } from '../store/parseApplication';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import {
  APPLICATION_API_VERSION,
  LAST_APPLIED,
  type Application,
  type HealthStatus,
  type Manifest,
} from '../types';

/**
 * A live object in the form that reconciliation needs, wherever it is stored.
 */
export interface LiveResource {
  key: ResourceKey;
  manifest: Manifest;
  lastApplied?: Manifest;
  health?: HealthStatus;
  images: string[];
  resourceVersion: string;
  /** The whole object, including status and what the cluster adds. */
  full(): Obj;
}

/**
 * One view of all live objects: those in the cluster, and the Applications that
 * an app-of-apps manages.
 */
export class LiveResources {
  constructor(
    private readonly store: Store,
    private readonly cluster: Cluster,
    private readonly deleteApplication: (key: string) => void,
  ) {}

  get(key: ResourceKey): LiveResource | undefined {
    if (isApplicationKey(key)) {
      const app = this.store.applications.get(keyOfApplication(key));
      return app && fromApplication(app);
    }
    const live = this.cluster.get(key);
    if (!live) {
      return undefined;
    }
    const { manifest, lastApplied, resourceVersion, uid, generation } = live;
    return {
      key,
      manifest,
      lastApplied,
      health: healthOf(live),
      images: liveImages(live),
      resourceVersion,
      full: () => {
        const annotated = lastApplied
          ? withLastApplied(manifest, lastApplied)
          : manifest;
        const creationTimestamp = timestamp(live.createdAt);
        return {
          ...annotated,
          metadata: {
            ...annotated.metadata,
            creationTimestamp,
            generation,
            resourceVersion,
            uid,
          },
          status: live.workload?.canary
            ? rolloutStatus(live.workload, manifest)
            : live.status,
        };
      },
    };
  }

  /** All objects with an application's tracking annotation. */
  managedBy(instance: string): LiveResource[] {
    const { cluster, store } = this;
    return [
      ...cluster
        .managedBy(instance)
        .flatMap(({ manifest }) => this.get(keyOf(manifest)) ?? []),
      ...store.applications.managedBy(instance).map(fromApplication),
    ];
  }

  apply(target: Manifest): ApplyOutcome {
    return isApplicationKey(keyOf(target))
      ? this.#applyApplication(withLastApplied(target, target))
      : this.cluster.apply(target);
  }

  /** The outcome that applying would have. */
  dryRun(target: Manifest): ApplyOutcome {
    const live = this.get(keyOf(target));
    if (!live) {
      return 'created';
    }
    const after = applyManifest(live.manifest, live.lastApplied, target);
    return jsonEqual(after, live.manifest) ? 'unchanged' : 'configured';
  }

  delete(key: ResourceKey): void {
    if (isApplicationKey(key)) {
      this.deleteApplication(keyOfApplication(key));
    } else {
      this.cluster.delete(key);
    }
  }

  #applyApplication(target: Manifest): ApplyOutcome {
    const { applications } = this.store;
    const key = keyOf(target);
    const before = this.get(key);
    if (!before) {
      applications.create(parseApplicationInput(target), key.namespace);
      return 'created';
    }
    const merged = parseApplicationInput(
      applyManifest(before.manifest, before.lastApplied, target),
    );
    const after = applications.write(keyOfApplication(key), merged);
    return after?.metadata.resourceVersion === before.resourceVersion
      ? 'unchanged'
      : 'configured';
  }
}

export function isApplicationKey({ group, kind }: ResourceKey): boolean {
  return group === 'argoproj.io' && kind === 'Application';
}

export function keyOfApplication({ namespace, name }: ResourceKey): string {
  return applicationKey(namespace, name);
}

function withLastApplied(manifest: Manifest, applied: Manifest): Manifest {
  const text = `${JSON.stringify(applied)}\n`;
  return withAnnotations(manifest, { [LAST_APPLIED]: text });
}

function fromApplication(app: Application): LiveResource {
  const { name, namespace, resourceVersion } = app.metadata;
  const head = { apiVersion: APPLICATION_API_VERSION, kind: 'Application' };
  const manifest: Manifest = {
    ...head,
    metadata: { name, namespace, ...authorMeta(app.metadata) },
    spec: app.spec,
  };
  return {
    key: keyOf(manifest),
    manifest,
    lastApplied: lastAppliedOf(app),
    images: [],
    resourceVersion,
    full: () => ({ ...head, ...app }),
  };
}

function lastAppliedOf({ metadata }: Application): Manifest | undefined {
  try {
    const text = metadata.annotations?.[LAST_APPLIED] ?? '';
    const value: unknown = JSON.parse(text);
    return isObject(value) ? parseManifest(value) : undefined;
  } catch {
    // Anybody may write this annotation; an invalid one is ignored.
    return undefined;
  }
}
