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
import { RolloutFailures } from './RolloutFailures';
import type { LiveObject } from './types';
import { WORKLOAD_KINDS } from './types';
import { withDefaults } from './defaults';
import { advanceJob, startJob } from './job';
import {
  advanceWorkload,
  applyWorkload,
  deadlineOf,
  type Conditions,
} from './workload';

export interface ClusterTimes {
  rolloutMs: number;
  /** How long an old pod takes to go once the new one is ready. */
  terminationMs: number;
  deadlineMs: number;
}

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public'];

/** A small model of a Kubernetes cluster: objects, and pods that come and go in time. */
export class Cluster {
  readonly #store: Store;
  readonly #registries: Registries;
  readonly #failures: RolloutFailures;
  readonly #times: ClusterTimes;
  readonly #now: () => number;
  readonly #byInstance = new Map<string, Set<string>>();
  readonly #moving = new Set<string>();
  readonly #listeners = new Set<(instance: string) => void>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(
    store: Store,
    registries: Registries,
    times: ClusterTimes,
    now: () => number,
  ) {
    this.#store = store;
    this.#registries = registries;
    this.#failures = new RolloutFailures(store);
    this.#times = times;
    this.#now = now;
  }

  /** Takes up where the last process left off. */
  start(): void {
    this.#stopped = false;
    for (const id of this.#store.objects.keys()) {
      const live = this.#store.objects.get(id);
      if (live) {
        this.#index(id, undefined, live);
        if (live.workload || live.job) {
          this.#moving.add(id);
        }
      }
    }
    this.#schedule(this.#now());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Calls back with the name of the application whose pods changed. */
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

  /** Objects of a kind in a namespace. */
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

  /** Applies a manifest as `kubectl apply` does; says what that came to. */
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

  /** Changes an object as a user with kubectl would; it isn't what was applied any more. */
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

  /** Deletes an object. One with pods takes their termination time. */
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
      this.#move(id);
    } else {
      this.#remove(id, live);
    }
    return true;
  }

  /** Looks again at all pods of an application, because what they start in has changed. */
  wake(instance: string): void {
    for (const id of this.#byInstance.get(instance) ?? []) {
      this.#moving.add(id);
    }
    this.#schedule(this.#now());
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
      this.#move(id);
    }
    return live;
  }

  #remove(id: string, live: LiveObject): void {
    this.#store.objects.delete(id);
    this.#moving.delete(id);
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

  #move(id: string): void {
    this.#moving.add(id);
    this.#schedule(this.#now());
  }

  #schedule(time: number): void {
    if (this.#stopped) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#tick(),
      Math.max(0, time - this.#now()),
    );
  }

  /** Moves everything that has something to do, and sleeps until the next time that is known. */
  #tick(): void {
    const now = this.#now();
    let wakeAt = Infinity;
    for (const id of [...this.#moving]) {
      const live = this.#store.objects.get(id);
      if (live) {
        wakeAt = Math.min(wakeAt, this.#advance(id, live, now));
      } else {
        this.#moving.delete(id);
      }
    }
    if (wakeAt < Infinity) {
      this.#schedule(wakeAt);
    }
  }

  #advance(id: string, live: LiveObject, now: number): number {
    if (live.deletedAt !== undefined) {
      if (live.deletedAt <= now) {
        this.#remove(id, live);
        return Infinity;
      }
      return live.deletedAt;
    }
    let missing = false;
    const answered = () => this.#schedule(this.#now());
    const instance = trackedBy(live.manifest) ?? '';
    const conditions: Conditions = {
      ...this.#times,
      deadlineMs:
        (deadlineOf(live.manifest) ?? this.#times.deadlineMs / 1000) * 1000,
      pull: image => {
        const pull = this.#registries.pull(image, now, answered);
        missing ||= pull.state === 'missing';
        return pull;
      },
      failing: (hash, images) =>
        this.#failures.fails(instance, id, { hash, images }, now),
    };
    let next = live;
    let wakeAt: number | undefined;
    if (live.workload) {
      const result = advanceWorkload(live.workload, now, conditions);
      next =
        result.next === live.workload
          ? live
          : { ...live, workload: result.next };
      wakeAt = result.wakeAt;
    } else if (live.job) {
      const result = advanceJob(
        live.job,
        now,
        conditions,
        this.#failures.failsHook(live, instance),
      );
      next = result.next === live.job ? live : { ...live, job: result.next };
      wakeAt = result.wakeAt;
    }
    if (next !== live) {
      next = { ...next, resourceVersion: this.#store.versions.next() };
      this.#store.objects.put(id, next);
      this.#changed(next);
    }
    const until = this.#failures.until(instance);
    const times = [
      wakeAt,
      missing ? now + this.#registries.recheckMs : undefined,
      until !== undefined && until > now ? until : undefined,
    ].filter((time): time is number => time !== undefined);
    if (!times.length && !this.#waiting(next)) {
      this.#moving.delete(id);
    }
    return Math.min(Infinity, ...times);
  }

  /** Pods that wait for a registry's answer are looked at when it comes. */
  #waiting({ workload, job }: LiveObject): boolean {
    const pods = [
      ...(workload?.sets.flatMap(set => set.pods) ?? []),
      ...(job && job.finishedAt === undefined ? [job.pod] : []),
    ];
    return pods.some(
      pod => pod.readyAt === undefined && pod.gone === undefined,
    );
  }
}
