import { randomUUID } from 'node:crypto';
import { asNumber, at, jsonEqual } from '../json';
import { imagesOf, podTemplateOf, shortHash } from '../manifest';
import type { Manifest } from '../types';
import type { Job, PodSet, Workload } from './types';

/** Whether a registry has an image: present, missing, or not known yet. */
export type PullState =
  | { state: 'present' }
  | { state: 'unknown' }
  | { state: 'missing'; message: string };

/** The conditions that pods start under. */
export interface Conditions {
  pull(image: string): PullState;
  /** Whether pods of this template never become ready. */
  failing(hash: string): boolean;
  rolloutMs: number;
  /** How long old pods take to terminate once the new ones are ready. */
  terminationMs: number;
  deadlineMs: number;
}

interface Advanced<T> {
  next: T;
  /** When to check again; absent if only an external event changes anything. */
  wakeAt?: number;
}

/** The state of a workload after its manifest has been applied. */
export function applyWorkload(
  before: Workload | undefined,
  manifest: Manifest,
  now: number,
): Workload {
  const hash = shortHash(podTemplateOf(manifest) ?? null);
  const replicas = ['Pod', 'DaemonSet'].includes(manifest.kind)
    ? 1
    : asNumber(at(manifest, 'spec', 'replicas')) ?? 1;
  const paused = at(manifest, 'spec', 'paused') === true;
  const start = before ?? {
    paused,
    current: '',
    revision: 0,
    sets: [],
    progressAt: now,
    degraded: false,
  };
  const running =
    start.current === hash
      ? start.sets.find(set => set.hash === hash)
      : undefined;
  if (running?.replicas === replicas && start.paused === paused) {
    return start;
  }
  const moved = { ...start, paused, progressAt: now, degraded: false };
  if (paused && !running) {
    // A paused Deployment keeps its pods.
    return moved;
  }
  const revision = running ? running.revision : start.revision + 1;
  const set =
    running && replicas <= running.replicas
      ? { ...running, replicas }
      : podSet(manifest, { hash, revision, replicas }, now);
  const others = start.sets.filter(other => other.hash !== hash);
  return { ...moved, current: hash, revision, sets: [...others, set] };
}

function podSet(
  manifest: Manifest,
  version: { hash: string; revision: number; replicas: number },
  now: number,
): PodSet {
  const images = imagesOf(manifest);
  return { ...version, images, uid: randomUUID(), createdAt: now };
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
  const started = before.sets
    .filter(({ gone }) => gone === undefined || gone > now)
    .map(set => {
      const next = advancePods(set, now, conditions, wake);
      if (next.readyAt !== set.readyAt || next.pulledAt !== set.pulledAt) {
        progressAt = now;
      }
      return next;
    });
  const current = started.find(set => set.hash === before.current);
  const ready = !current || isReady(current);
  const gone = now + conditions.terminationMs;
  const sets =
    ready && current && !before.paused
      ? started.map(set => (set === current ? set : { gone, ...set }))
      : started;
  wake.push(...sets.flatMap(set => set.gone ?? []));
  const deadline = progressAt + conditions.deadlineMs;
  const degraded = !ready && now >= deadline;
  if (!ready && !degraded) {
    wake.push(deadline);
  }
  const next = { ...before, sets, progressAt, degraded };
  return {
    next: jsonEqual(next, before) ? before : next,
    wakeAt: wake.length ? Math.min(...wake) : undefined,
  };
}

/**
 * Advances pods to the current time. Adds the time of the next check to `wake`.
 */
function advancePods(
  set: PodSet,
  now: number,
  conditions: Conditions,
  wake: number[],
): PodSet {
  const { waiting, ...starting } = set;
  if (isReady(set) || set.gone !== undefined) {
    return set;
  }
  if (set.pulledAt === undefined) {
    for (const image of set.images) {
      const pull = conditions.pull(image);
      if (pull.state === 'missing') {
        const message = `Back-off pulling image "${image}": ErrImagePull: ${pull.message}`;
        return { ...set, waiting: { reason: 'ImagePullBackOff', message } };
      }
      if (pull.state === 'unknown') {
        return set;
      }
    }
    // The pull itself takes no time.
    starting.pulledAt = waiting ? now : set.createdAt;
  }
  if (conditions.failing(set.hash)) {
    const message = 'back-off 10s restarting failed container=main';
    return { ...starting, waiting: { reason: 'CrashLoopBackOff', message } };
  }
  const readyAt = (starting.pulledAt ?? now) + conditions.rolloutMs;
  if (now >= readyAt) {
    return { ...starting, readyAt: now };
  }
  wake.push(readyAt);
  return starting;
}

function isReady({ replicas, readyAt }: PodSet): boolean {
  return replicas === 0 || readyAt !== undefined;
}

/** The current pods, and whether they are ready. */
export function rolloutOf({ sets, current }: Workload): {
  pods?: PodSet;
  ready: boolean;
} {
  const pods = sets.find(set => set.hash === current);
  return { pods, ready: !pods || isReady(pods) };
}

/** Whether pods still start. */
export function isStarting(workload?: Workload, job?: Job): boolean {
  return (
    (workload?.sets ?? []).some(set => !isReady(set)) ||
    (job !== undefined && job.finishedAt === undefined)
  );
}

/** A Job that has just been created. */
export function startJob(manifest: Manifest, now: number): Job {
  const version = { hash: 'job', revision: 1, replicas: 1 };
  return { pods: podSet(manifest, version, now) };
}

/**
 * A Job runs as long as a rollout takes and then succeeds. It fails if a
 * failure was requested, or if its image never becomes available.
 */
export function advanceJob(
  before: Job,
  now: number,
  conditions: Conditions,
  fails: boolean,
): Advanced<Job> {
  if (before.finishedAt !== undefined) {
    return { next: before };
  }
  const wake: number[] = [];
  const started = { ...conditions, failing: () => false };
  const pods = advancePods(before.pods, now, started, wake);
  const deadline = pods.createdAt + conditions.deadlineMs;
  if (isReady(pods) || now >= deadline) {
    const failed = fails || !isReady(pods);
    return { next: { pods, finishedAt: now, failed } };
  }
  return {
    next: jsonEqual(pods, before.pods) ? before : { pods },
    wakeAt: Math.min(deadline, ...wake),
  };
}
