import { imagesOf } from '../manifest';
import type { Manifest } from '../types';
import type { Job } from './types';
import { advancePod, newPod, type Advanced, type Conditions } from './workload';

/** A Job that has just been created. */
export function startJob(manifest: Manifest, now: number): Job {
  return {
    images: imagesOf(manifest),
    pod: newPod(manifest.metadata.name, now),
    startedAt: now,
  };
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
  const pod = advancePod(
    before.pod,
    { hash: '', images: before.images },
    now,
    { ...conditions, failing: () => false },
    wake,
  );
  const deadline = before.startedAt + conditions.deadlineMs;
  if (pod.readyAt !== undefined) {
    return {
      next: {
        ...before,
        pod,
        finishedAt: now,
        ...(fails ? { failed: true } : {}),
      },
    };
  }
  if (now >= deadline) {
    return { next: { ...before, pod, finishedAt: now, failed: true } };
  }
  return {
    next: pod === before.pod ? before : { ...before, pod },
    wakeAt: Math.min(deadline, ...wake),
  };
}
