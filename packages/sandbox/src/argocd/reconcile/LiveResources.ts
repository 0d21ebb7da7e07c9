import type { Cluster } from '../cluster/Cluster';
import { applyManifest } from '../cluster/diff';
import { healthOf, liveImages } from '../cluster/health';
import { asObject, isObject, jsonEqual, type Obj } from '../json';
import { keyOf, type ResourceKey } from '../manifest';
import { applicationKey } from '../store/ApplicationStore';
import { parseApplicationInput } from '../store/parseApplication';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import {
  APPLICATION_API_VERSION,
  type Application,
  type HealthStatus,
  type Manifest,
} from '../types';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

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
  readonly #store: Store;
  readonly #cluster: Cluster;
  readonly #deleteApplication: (key: string) => void;

  constructor(
    store: Store,
    cluster: Cluster,
    deleteApplication: (key: string) => void,
  ) {
    this.#store = store;
    this.#cluster = cluster;
    this.#deleteApplication = deleteApplication;
  }

  get(key: ResourceKey): LiveResource | undefined {
    if (isApplicationKey(key)) {
      const app = this.#store.applications.get(
        applicationKey(key.namespace, key.name),
      );
      return app && fromApplication(app);
    }
    const live = this.#cluster.get(key);
    if (!live) {
      return undefined;
    }
    return {
      key,
      manifest: live.manifest,
      lastApplied: live.lastApplied,
      health: healthOf(live),
      images: liveImages(live),
      resourceVersion: live.resourceVersion,
      full: () => ({
        ...live.manifest,
        metadata: {
          ...live.manifest.metadata,
          ...(live.lastApplied
            ? {
                annotations: {
                  ...live.manifest.metadata.annotations,
                  [LAST_APPLIED]: `${JSON.stringify(live.lastApplied)}\n`,
                },
              }
            : {}),
          creationTimestamp: timestamp(live.createdAt),
          generation: live.generation,
          resourceVersion: live.resourceVersion,
          uid: live.uid,
        },
        ...(live.status ? { status: live.status } : {}),
      }),
    };
  }

  /** All objects with an application's tracking annotation. */
  managedBy(instance: string): LiveResource[] {
    const keys = [
      ...this.#cluster.managedBy(instance).map(live => keyOf(live.manifest)),
      ...this.#store.applications
        .managedBy(instance)
        .map(app => keyOf(applicationManifest(app))),
    ];
    return keys.flatMap(key => this.get(key) ?? []);
  }

  apply(target: Manifest): 'created' | 'configured' | 'unchanged' {
    const key = keyOf(target);
    return isApplicationKey(key)
      ? this.#applyApplication(key, target)
      : this.#cluster.apply(target);
  }

  /** The outcome that applying would have. */
  dryRun(target: Manifest): 'created' | 'configured' | 'unchanged' {
    const live = this.get(keyOf(target));
    if (!live) {
      return 'created';
    }
    const after = applyManifest(live.manifest, live.lastApplied, target);
    return jsonEqual(after, live.manifest) ? 'unchanged' : 'configured';
  }

  delete(key: ResourceKey): void {
    if (isApplicationKey(key)) {
      this.#deleteApplication(applicationKey(key.namespace, key.name));
    } else {
      this.#cluster.delete(key);
    }
  }

  #applyApplication(key: ResourceKey, target: Manifest) {
    const before = this.get(key);
    const annotated: Manifest = {
      ...target,
      metadata: {
        ...target.metadata,
        annotations: {
          ...target.metadata.annotations,
          [LAST_APPLIED]: `${JSON.stringify(target)}\n`,
        },
      },
    };
    if (!before) {
      this.#store.applications.create(
        parseApplicationInput(annotated),
        key.namespace,
      );
      return 'created';
    }
    const merged = parseApplicationInput(
      applyManifest(before.manifest, before.lastApplied, annotated),
    );
    const { resourceVersion } = before;
    const after = this.#store.applications.update(
      applicationKey(key.namespace, key.name),
      app => ({
        ...app,
        metadata: {
          ...app.metadata,
          labels: merged.labels,
          annotations: merged.annotations,
          finalizers: merged.finalizers,
        },
        spec: jsonEqual(app.spec, merged.spec) ? app.spec : merged.spec,
      }),
    );
    return after?.metadata.resourceVersion === resourceVersion
      ? 'unchanged'
      : 'configured';
  }
}

export function isApplicationKey({ group, kind }: ResourceKey): boolean {
  return group === 'argoproj.io' && kind === 'Application';
}

/** An Application as a manifest, without status and operation. */
function applicationManifest(app: Application): Manifest {
  const { name, namespace, labels, annotations, finalizers } = app.metadata;
  return {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata: {
      name,
      namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
    },
    spec: app.spec,
  };
}

function fromApplication(app: Application): LiveResource {
  const manifest = applicationManifest(app);
  return {
    key: keyOf(manifest),
    manifest,
    lastApplied: lastAppliedOf(app),
    images: [],
    resourceVersion: app.metadata.resourceVersion,
    full: () => ({
      apiVersion: APPLICATION_API_VERSION,
      kind: 'Application',
      ...app,
    }),
  };
}

function lastAppliedOf(app: Application): Manifest | undefined {
  const text = app.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) {
      return undefined;
    }
    return {
      ...value,
      apiVersion: APPLICATION_API_VERSION,
      kind: 'Application',
      metadata: { ...asObject(value.metadata), name: app.metadata.name },
    };
  } catch {
    // Anybody may write this annotation; an invalid one is ignored.
    return undefined;
  }
}
