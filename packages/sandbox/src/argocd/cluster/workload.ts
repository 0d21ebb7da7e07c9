import { randomUUID } from 'node:crypto';
import { asNumber, asObject, at } from '../json';
import { imagesOf, shortHash } from '../manifest';
import type { Manifest } from '../types';
import type { Pod, ReplicaSet, Workload } from './types';

/** Whether a registry has an image: present, missing, or not known yet. */
export type PullState =
  | { state: 'present' }
  | { state: 'unknown' }
  | { state: 'missing'; message: string };

/** The conditions that pods start under. */
export interface Conditions {
  pull(image: string): PullState;
  /** Whether pods of this template never become ready. */
  failing(hash: string, images: string[]): boolean;
  rolloutMs: number;
  terminationMs: number;
  deadlineMs: number;
}

export interface Advanced<T> {
  next: T;
  /**
   * When to check again; absent if nothing changes without an external event.
   */
  wakeAt?: number;
}

/** The number of replica sets without pods that a Deployment keeps. */
const KEPT_SETS = 10;

/** The state of a workload after its manifest has been applied. */
export function applyWorkload(
  before: Workload | undefined,
  manifest: Manifest,
  now: number,
): Workload {
  const template =
    manifest.kind === 'Pod' ? manifest.spec : at(manifest, 'spec', 'template');
  const hash = shortHash(template ?? null);
  const replicas = hasReplicas(manifest)
    ? asNumber(at(manifest, 'spec', 'replicas')) ?? 1
    : 1;
  const paused = at(manifest, 'spec', 'paused') === true;
  const start: Workload = before ?? {
    replicas,
    paused,
    current: '',
    sets: [],
    progressAt: now,
    degraded: false,
  };
  if (
    start.current === hash &&
    start.replicas === replicas &&
    start.paused === paused
  ) {
    return start;
  }
  const moved = {
    ...start,
    replicas,
    paused,
    progressAt: now,
    degraded: false,
  };
  if (paused && start.current !== hash) {
    // A paused Deployment keeps its pods.
    return moved;
  }
  const revision = Math.max(0, ...start.sets.map(set => set.revision)) + 1;
  const known = start.sets.find(set => set.hash === hash);
  const wanted: ReplicaSet = {
    hash,
    revision: start.current === hash && known ? known.revision : revision,
    images: imagesOf(manifest),
    createdAt: known?.createdAt ?? now,
    uid: known?.uid ?? randomUUID(),
    replicas,
    pods: scaled(
      known?.pods ?? [],
      replicas,
      `${manifest.metadata.name}-${hash}`,
      now,
    ),
  };
  return {
    ...moved,
    current: hash,
    sets: [...start.sets.filter(set => set.hash !== hash), wanted],
  };
}

function hasReplicas({ kind }: Manifest): boolean {
  return kind !== 'Pod' && kind !== 'DaemonSet';
}

/** Adds or removes pods until their number is right. */
function scaled(
  pods: Pod[],
  replicas: number,
  prefix: string,
  now: number,
): Pod[] {
  const leaving = pods.filter(pod => pod.gone !== undefined);
  const staying = pods.filter(pod => pod.gone === undefined);
  const surplus = staying.slice(replicas).map(pod => ({ ...pod, gone: now }));
  const kept = staying.slice(0, replicas);
  const added = Array.from(
    { length: Math.max(0, replicas - kept.length) },
    () => newPod(prefix, now),
  );
  return [...leaving, ...kept, ...added, ...surplus];
}

export function newPod(prefix: string, now: number): Pod {
  const uid = randomUUID();
  return {
    name: `${prefix}-${shortHash(uid).slice(0, 5)}`,
    uid,
    createdAt: now,
  };
}

/**
 * Advances a workload to the current time: images are pulled, pods become
 * ready, old ones terminate. The old pods run until all new ones are ready, and
 * then a while longer as they terminate, so both images are live during that
 * time.
 */
export function advanceWorkload(
  before: Workload,
  now: number,
  conditions: Conditions,
): Advanced<Workload> {
  const wake: number[] = [];
  let { progressAt } = before;
  const sets = before.sets.map(set => {
    const pods = set.pods
      .filter(pod => pod.gone === undefined || pod.gone > now)
      .map(pod => {
        if (pod.gone !== undefined) {
          wake.push(pod.gone);
          return pod;
        }
        const next = advancePod(pod, set, now, conditions, wake);
        if (next.readyAt !== pod.readyAt || next.pulledAt !== pod.pulledAt) {
          progressAt = now;
        }
        return next;
      });
    return pods.length === set.pods.length &&
      pods.every((pod, i) => pod === set.pods[i])
      ? set
      : { ...set, pods };
  });
  const current = sets.find(set => set.hash === before.current);
  const ready = current ? isReady(current) : true;
  const settled =
    ready && current && !before.paused
      ? sets.map(set => retire(set, before.current, now, conditions, wake))
      : sets;
  const deadline = progressAt + conditions.deadlineMs;
  const degraded = !ready && now >= deadline;
  if (!ready && !degraded) {
    wake.push(deadline);
  }
  const trimmed = trim(settled, before.current);
  const next =
    trimmed.length === before.sets.length &&
    trimmed.every((set, i) => set === before.sets[i]) &&
    degraded === before.degraded
      ? before
      : { ...before, sets: trimmed, progressAt, degraded };
  return { next, wakeAt: wake.length ? Math.min(...wake) : undefined };
}

/**
 * Advances a pod to the current time. Adds the times of the next checks to
 * `wake`.
 */
export function advancePod(
  pod: Pod,
  set: { hash: string; images: string[] },
  now: number,
  conditions: Conditions,
  wake: number[],
): Pod {
  if (pod.readyAt !== undefined) {
    return pod;
  }
  let { pulledAt } = pod;
  if (pulledAt === undefined) {
    for (const image of set.images) {
      const pull = conditions.pull(image);
      if (pull.state === 'missing') {
        const message = `Back-off pulling image "${image}": ErrImagePull: ${pull.message}`;
        return pod.waiting?.message === message
          ? pod
          : { ...pod, waiting: { reason: 'ImagePullBackOff', message } };
      }
      if (pull.state === 'unknown') {
        return pod;
      }
    }
    // The pull itself takes no time.
    pulledAt = pod.waiting ? now : pod.createdAt;
  }
  if (conditions.failing(set.hash, set.images)) {
    const message = `back-off 10s restarting failed container=main pod=${pod.name}`;
    return pod.waiting?.message === message && pod.pulledAt !== undefined
      ? pod
      : { ...pod, pulledAt, waiting: { reason: 'CrashLoopBackOff', message } };
  }
  const readyAt = pulledAt + conditions.rolloutMs;
  if (now >= readyAt) {
    const { waiting: _, ...running } = pod;
    return { ...running, pulledAt, readyAt: now };
  }
  wake.push(readyAt);
  if (pod.pulledAt === pulledAt && !pod.waiting) {
    return pod;
  }
  const { waiting: _, ...starting } = pod;
  return { ...starting, pulledAt };
}

function isReady(set: ReplicaSet): boolean {
  const staying = set.pods.filter(pod => pod.gone === undefined);
  return (
    staying.length >= set.replicas &&
    staying.every(pod => pod.readyAt !== undefined)
  );
}

function retire(
  set: ReplicaSet,
  current: string,
  now: number,
  conditions: Conditions,
  wake: number[],
): ReplicaSet {
  if (set.hash === current || !set.pods.some(pod => pod.gone === undefined)) {
    return set;
  }
  const gone = now + conditions.terminationMs;
  wake.push(gone);
  return {
    ...set,
    replicas: 0,
    pods: set.pods.map(pod =>
      pod.gone === undefined ? { ...pod, gone } : pod,
    ),
  };
}

function trim(sets: ReplicaSet[], current: string): ReplicaSet[] {
  const empty = sets.filter(set => !set.pods.length && set.hash !== current);
  if (empty.length <= KEPT_SETS) {
    return sets;
  }
  const drop = new Set(
    empty.sort((a, b) => a.revision - b.revision).slice(0, -KEPT_SETS),
  );
  return sets.filter(set => !drop.has(set));
}

/**
 * The numbers of ready and of desired pods of the current template, and of old
 * pods.
 */
export function rolloutOf(workload: Workload): {
  ready: number;
  wanted: number;
  old: number;
} {
  const current = workload.sets.find(set => set.hash === workload.current);
  const old = workload.sets
    .filter(set => set !== current)
    .flatMap(set => set.pods.filter(pod => pod.gone === undefined)).length;
  return {
    ready:
      current?.pods.filter(
        pod => pod.readyAt !== undefined && pod.gone === undefined,
      ).length ?? 0,
    wanted: workload.replicas,
    old,
  };
}

/**
 * `progressDeadlineSeconds` of a manifest, in seconds; undefined if not set.
 */
export function deadlineOf(manifest: Manifest): number | undefined {
  return asNumber(asObject(manifest.spec).progressDeadlineSeconds);
}
