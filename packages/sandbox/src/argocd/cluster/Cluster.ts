import { randomUUID } from 'node:crypto';
import { jsonEqual, type Obj } from '../json';
import {
  keyId,
  keyOf,
  podSpecOf,
  trackedBy,
  type ResourceKey,
} from '../manifest';
import type { Store } from '../store/Store';
import type { Manifest } from '../types';
import { applyManifest } from './diff';
import type { Registries } from './Registries';
import { type ClusterTimes, Movement } from './Movement';
import type { LiveObject } from './types';
import { WORKLOAD_KINDS } from './types';
import { withDefaults } from './defaults';
import { startJob } from './job';
import { applyWorkload } from './workload';

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public'];

/**
 * A small model of a Kubernetes cluster: objects, and pods that start and
 * terminate over time.
 */
export class Cluster {
  readonly #store: Store;
  readonly #registries: Registries;
  readonly #times: ClusterTimes;
  readonly #now: () => number;
  readonly #byInstance = new Map<string, Set<string>>();
  readonly #movement: Movement;
  readonly #listeners = new Set<(instance: string) => void>();

  constructor(
    store: Store,
    registries: Registries,
    times: ClusterTimes,
    now: () => number,
  ) {
    this.#store = store;
    this.#registries = registries;
    this.#times = times;
    this.#now = now;
    this.#movement = new Movement({
      store,
      registries,
      times,
      now,
      onMoved: live => this.#changed(live),
      onGone: (id, live) => this.#remove(id, live),
    });
  }

  /** Continues where the last process stopped. */
  start(): void {
    for (const id of this.#store.objects.keys()) {
      const live = this.#store.objects.get(id);
      if (live) {
        this.#index(id, undefined, live);
        if (live.workload || live.job) {
          this.#movement.add(id);
        }
      }
    }
    this.#movement.start();
  }

  stop(): void {
    this.#movement.stop();
  }

  /**
   * Calls back with the tracking name of an application when its pods change.
   */
  subscribe(listener: (instance: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(key: ResourceKey): LiveObject | undefined {
    return this.#store.objects.get(keyId(key));
  }

  managedBy(instance: string): LiveObject[] {
    return [...(this.#byInstance.get(instance) ?? [])].flatMap(
      id => this.#store.objects.get(id) ?? [],
    );
  }

  /** The objects of a kind in a namespace. */
  list(group: string, kind: string, namespace: string): LiveObject[] {
    const prefix = keyId({ group, kind, namespace, name: '' });
    return this.#store.objects
      .keys()
      .filter(id => id.startsWith(prefix))
      .sort()
      .flatMap(id => this.#store.objects.get(id) ?? []);
  }

  hasNamespace(name: string, controllerNamespace: string): boolean {
    return (
      name === controllerNamespace ||
      NAMESPACES.includes(name) ||
      this.get({ group: '', kind: 'Namespace', namespace: '', name }) !==
        undefined
    );
  }

  /** Applies a manifest like `kubectl apply`, and returns the outcome. */
  apply(target: Manifest): 'created' | 'configured' | 'unchanged' {
    const id = keyId(keyOf(target));
    const before = this.#store.objects.get(id);
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
    this.#put(id, before, manifest, target);
    return before ? 'configured' : 'created';
  }

  /**
   * Changes an object as a user with kubectl would, so that it drifts from what
   * was applied.
   */
  patch(
    key: ResourceKey,
    change: (manifest: Manifest) => Manifest,
  ): LiveObject | undefined {
    const id = keyId(key);
    const before = this.#store.objects.get(id);
    return (
      before &&
      this.#put(id, before, change(before.manifest), before.lastApplied)
    );
  }

  /** Replaces the status of an object, as the controller of its kind does. */
  setStatus(key: ResourceKey, status: Obj): LiveObject | undefined {
    const id = keyId(key);
    const before = this.#store.objects.get(id);
    if (!before) {
      return undefined;
    }
    const live = {
      ...before,
      status,
      resourceVersion: this.#store.versions.next(),
    };
    this.#store.objects.put(id, live);
    return live;
  }

  /** Deletes an object. If it has pods, it takes their termination time. */
  delete(key: ResourceKey): boolean {
    const id = keyId(key);
    const live = this.#store.objects.get(id);
    if (!live) {
      return false;
    }
    if (
      live.workload?.sets.some(set => set.pods.length) &&
      live.deletedAt === undefined
    ) {
      this.#store.objects.put(id, {
        ...live,
        deletedAt: this.#now() + this.#times.terminationMs,
        resourceVersion: this.#store.versions.next(),
      });
      this.#movement.move(id);
    } else {
      this.#remove(id, live);
    }
    return true;
  }

  /**
   * Checks all pods of an application again, because their conditions have
   * changed.
   */
  wake(instance: string): void {
    for (const id of this.#byInstance.get(instance) ?? []) {
      this.#movement.move(id);
    }
  }

  #put(
    id: string,
    before: LiveObject | undefined,
    manifest: Manifest,
    lastApplied: Manifest | undefined,
  ): LiveObject {
    const now = this.#now();
    const live: LiveObject = {
      manifest,
      lastApplied,
      uid: before?.uid ?? randomUUID(),
      resourceVersion: this.#store.versions.next(),
      generation: (before?.generation ?? 0) + 1,
      createdAt: before?.createdAt ?? now,
      ...(before?.status ? { status: before.status } : {}),
    };
    if (WORKLOAD_KINDS.includes(manifest.kind) && podSpecOf(manifest)) {
      live.workload = applyWorkload(before?.workload, manifest, now);
      const current = live.workload.sets.find(
        set => set.hash === live.workload?.current,
      );
      this.#registries.forget(current?.images ?? []);
    } else if (manifest.kind === 'Job') {
      live.job = before?.job ?? startJob(manifest, now);
    }
    this.#store.objects.put(id, live);
    this.#index(id, before, live);
    if (live.workload || live.job) {
      this.#movement.move(id);
    }
    return live;
  }

  #remove(id: string, live: LiveObject): void {
    this.#store.objects.delete(id);
    this.#movement.forget(id);
    this.#byInstance.get(trackedBy(live.manifest) ?? '')?.delete(id);
    this.#changed(live);
  }

  #index(id: string, before: LiveObject | undefined, live: LiveObject): void {
    if (before) {
      this.#byInstance.get(trackedBy(before.manifest) ?? '')?.delete(id);
    }
    const instance = trackedBy(live.manifest);
    if (instance !== undefined) {
      const ids = this.#byInstance.get(instance) ?? new Set();
      ids.add(id);
      this.#byInstance.set(instance, ids);
    }
  }

  #changed(live: LiveObject): void {
    const instance = trackedBy(live.manifest);
    if (instance !== undefined) {
      for (const listener of [...this.#listeners]) {
        listener(instance);
      }
    }
  }
}
