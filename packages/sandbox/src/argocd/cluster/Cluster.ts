import { randomUUID } from 'node:crypto';
import { jsonEqual, type Obj } from '../json';
import {
  imagesOf,
  keyId,
  keyOf,
  type ResourceKey,
  trackedBy,
} from '../manifest';
import type { Store } from '../store/Store';
import type { Manifest } from '../types';
import { applyManifest, withDefaults } from './diff';
import { type ClusterTimes, Movement } from './Movement';
import type { Registries } from './Registries';
import { actOnRollout, applyRollout } from './rollout';
import { type LiveObject, WORKLOAD_KINDS } from './types';
import { applyWorkload, startJob } from './workload';

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public'];

export type ApplyOutcome = 'created' | 'configured' | 'unchanged';

/**
 * A small model of a Kubernetes cluster: objects, and pods that start and
 * terminate over time.
 */
export class Cluster {
  readonly #movement: Movement;
  readonly #listeners = new Set<(instance: string) => void>();

  constructor(
    private readonly store: Store,
    private readonly registries: Registries,
    private readonly times: ClusterTimes,
  ) {
    this.#movement = new Movement({
      store,
      registries,
      times,
      onMoved: live => this.#changed(live),
      onGone: (id, live) => this.#remove(id, live),
    });
  }

  /** Continues where the last process stopped. */
  start(): void {
    for (const [id, live] of this.store.objects.all()) {
      if (live.workload || live.job) {
        this.#movement.move(id);
      }
    }
    this.#movement.start();
  }

  stop(): void {
    this.#movement.stop();
  }

  /**
   * Calls back with the instance name of an application when its objects
   * change.
   */
  subscribe(listener: (instance: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(key: ResourceKey): LiveObject | undefined {
    return this.store.objects.get(keyId(key));
  }

  managedBy(instance: string): LiveObject[] {
    return this.store.objects
      .values()
      .filter(live => instanceOf(live) === instance);
  }

  hasNamespace(name: string): boolean {
    const key = { group: '', kind: 'Namespace', namespace: '', name };
    return (
      name === this.store.namespace ||
      NAMESPACES.includes(name) ||
      this.get(key) !== undefined
    );
  }

  /** Applies a manifest like `kubectl apply`, and returns the outcome. */
  apply(target: Manifest): ApplyOutcome {
    const before = this.get(keyOf(target));
    const wanted = withDefaults(target);
    const manifest = before
      ? applyManifest(before.manifest, before.lastApplied, wanted)
      : wanted;
    if (
      before &&
      before.deletedAt === undefined &&
      jsonEqual(before.manifest, manifest)
    ) {
      return 'unchanged';
    }
    this.#put(before, manifest, target);
    return before ? 'configured' : 'created';
  }

  /** Replaces the status of an object, as the controller of its kind does. */
  setStatus(key: ResourceKey, status: Obj): void {
    const before = this.get(key);
    if (before) {
      const resourceVersion = this.store.nextVersion();
      this.store.objects.put(keyId(key), {
        ...before,
        status,
        resourceVersion,
      });
    }
  }

  /** Acts on a Rollout; returns false if that isn't possible. */
  actOn(key: ResourceKey, action: string): boolean {
    const live = this.get(key);
    const workload =
      live?.workload?.canary && actOnRollout(live.workload, action, Date.now());
    if (!live || !workload) {
      return false;
    }
    const resourceVersion = this.store.nextVersion();
    const id = keyId(key);
    this.store.objects.put(id, { ...live, workload, resourceVersion });
    this.#movement.move(id);
    return true;
  }

  /** Deletes an object. If it has pods, it takes their termination time. */
  delete(key: ResourceKey): void {
    const id = keyId(key);
    const live = this.get(key);
    const pods = live?.workload?.sets.some(set => set.replicas);
    if (live && pods && live.deletedAt === undefined) {
      this.store.objects.put(id, {
        ...live,
        deletedAt: Date.now() + this.times.terminationMs,
        resourceVersion: this.store.nextVersion(),
      });
      this.#movement.move(id);
    } else if (live) {
      this.#remove(id, live);
    }
  }

  /**
   * Checks all pods of an application again, because their conditions have
   * changed.
   */
  wake(instance: string): void {
    for (const { manifest } of this.managedBy(instance)) {
      this.#movement.move(keyId(keyOf(manifest)));
    }
  }

  #put(
    before: LiveObject | undefined,
    manifest: Manifest,
    lastApplied: Manifest | undefined,
  ): void {
    const id = keyId(keyOf(manifest));
    const now = Date.now();
    const images = imagesOf(manifest);
    const hasPods = images.length > 0 && WORKLOAD_KINDS.includes(manifest.kind);
    const apply = manifest.kind === 'Rollout' ? applyRollout : applyWorkload;
    // A new rollout pulls again: an image may have been deleted since.
    this.registries.forget(images);
    const live: LiveObject = {
      manifest,
      lastApplied,
      uid: before?.uid ?? randomUUID(),
      resourceVersion: this.store.nextVersion(),
      generation: (before?.generation ?? 0) + 1,
      createdAt: before?.createdAt ?? now,
      status: before?.status,
      workload: hasPods ? apply(before?.workload, manifest, now) : undefined,
      job:
        manifest.kind === 'Job'
          ? before?.job ?? startJob(manifest, now)
          : undefined,
    };
    this.store.objects.put(id, live);
    this.#movement.move(id);
  }

  #remove(id: string, live: LiveObject): void {
    this.store.objects.delete(id);
    this.#changed(live);
  }

  #changed(live: LiveObject): void {
    const instance = instanceOf(live);
    if (instance !== undefined) {
      [...this.#listeners].forEach(listener => listener(instance));
    }
  }
}

function instanceOf({ manifest }: LiveObject): string | undefined {
  return trackedBy(keyOf(manifest), manifest.metadata.annotations);
}
