import {
  asArray,
  asNumber,
  at,
  jsonEqual,
  unlessEmpty,
  type Obj,
} from '../json';
import { parseDuration, timestamp } from '../time';
import type { HealthStatus, Manifest } from '../types';
import type { Canary, Workload } from './types';
import {
  advanceWorkload,
  applyWorkload,
  type Conditions,
  rolloutOf,
} from './workload';

/** The state of a Rollout after its manifest has been applied. */
export function applyRollout(
  before: Workload | undefined,
  manifest: Manifest,
  now: number,
): Workload {
  const workload = applyWorkload(before, manifest, now);
  const { current } = workload;
  if (before?.current === current) {
    return workload;
  }
  const stable = before?.canary?.stable ?? current;
  // New pods start as the steps say; those of a canary before it end.
  const sets = workload.sets.map(set =>
    stable === current || set.hash === stable ? set : { ...set, replicas: 0 },
  );
  return { ...workload, sets, canary: { stable, step: 0 } };
}

/** Advances a Rollout to the current time. */
export function advanceRollout(
  before: Workload,
  manifest: Manifest,
  now: number,
  conditions: Conditions,
): ReturnType<typeof advanceWorkload> {
  if (!isMoving(before)) {
    return advanceWorkload(before, now, conditions);
  }
  // Both versions stay until the last step.
  const paused = { ...before, paused: true };
  const { next, wakeAt = Infinity } = advanceWorkload(paused, now, conditions);
  const own = { ...next, paused: before.paused };
  const moved = followSteps(own, manifest, now);
  return jsonEqual(moved.next, before)
    ? { next: before, wakeAt: Math.min(wakeAt, moved.wakeAt) }
    : { next: moved.next, wakeAt: now };
}

/**
 * Goes to the next step that waits for pods, for somebody or for a while. A step of
 * any other kind takes no time.
 */
function followSteps(workload: Workload, manifest: Manifest, now: number) {
  const steps = stepsOf(manifest);
  const replicas = asNumber(at(manifest, 'spec', 'replicas')) ?? 1;
  let { canary = { stable: workload.current, step: 0 } } = workload;
  let next = workload;
  /** Gives the new version its share. Returns whether all pods are ready. */
  const scale = (weight: number) => {
    const share = Math.ceil((replicas * weight) / 100);
    const rest = weight < 100 ? Math.max(1, replicas - share) : 1;
    next = withReplicas(next, next.current, share, now);
    next = withReplicas(next, canary.stable, rest, now);
    return next.sets.every(set => !set.replicas || set.readyAt);
  };
  const wait = (wakeAt = Infinity) => ({ next: { ...next, canary }, wakeAt });
  if (canary.aborted) {
    scale(0);
    return wait();
  }
  for (; !canary.full && canary.step < steps.length; canary = after(canary)) {
    const weight = asNumber(at(steps[canary.step], 'setWeight'));
    if (weight !== undefined && !scale(weight)) {
      return wait();
    }
    const pause = at(steps[canary.step], 'pause');
    if (pause !== undefined) {
      const pausedAt = canary.pausedAt ?? now;
      canary = { ...canary, pausedAt };
      if (now < pausedAt + durationOf(pause)) {
        return wait(pausedAt + durationOf(pause));
      }
    }
  }
  if (scale(100)) {
    canary = { stable: next.current, step: 0 };
  }
  return wait();
}

function after({ stable, step }: Canary): Canary {
  return { stable, step: step + 1 };
}

/** Of a step, in milliseconds; without a duration, somebody has to resume it. */
function durationOf(pause: unknown): number {
  return parseDuration(String(at(pause, 'duration'))) ?? Infinity;
}

function withReplicas(
  workload: Workload,
  hash: string,
  replicas: number,
  now: number,
): Workload {
  const sets = workload.sets.map(set => {
    if (set.hash !== hash || set.replicas >= replicas) {
      return set.hash === hash ? { ...set, replicas } : set;
    }
    return { ...started(set, now), replicas };
  });
  return jsonEqual(sets, workload.sets)
    ? workload
    : { ...workload, sets, progressAt: now };
}

/** Its pods are replaced by new ones. */
function started(set: Workload['sets'][number], createdAt: number) {
  return { ...set, createdAt, pulledAt: undefined, readyAt: undefined };
}

function isMoving({ canary, current }: Workload): boolean {
  return canary !== undefined && canary.stable !== current;
}

function isPaused({ canary }: Workload): boolean {
  return canary?.pausedAt !== undefined;
}

/** When there is something to do, and what becomes of a canary that moves. */
const ACTIONS: Record<
  string,
  [possible: (workload: Workload) => boolean, act?: (canary: Canary) => Canary]
> = {
  abort: [
    one => isMoving(one) && !one.canary?.aborted,
    ({ stable }) => ({ stable, step: 0, aborted: true }),
  ],
  'promote-full': [
    isMoving,
    ({ stable, step }) => ({ stable, step, full: true }),
  ],
  restart: [() => true],
  resume: [
    isPaused,
    canary => (canary.pausedAt === undefined ? canary : after(canary)),
  ],
  retry: [
    one => isMoving(one) && one.canary?.aborted === true,
    ({ stable }) => ({ stable, step: 0 }),
  ],
};

/** The actions on a Rollout, as Argo CD lists them. */
export function rolloutActions(workload: Workload) {
  return Object.entries(ACTIONS).map(([name, [possible]]) => ({
    name,
    disabled: !possible(workload) || undefined,
  }));
}

/** The state after an action; undefined if there is no such action. */
export function actOnRollout(
  workload: Workload,
  action: string,
  now: number,
): Workload | undefined {
  if (!Object.hasOwn(ACTIONS, action)) {
    return undefined;
  }
  if (action === 'restart') {
    return { ...workload, sets: workload.sets.map(set => started(set, now)) };
  }
  const [, act] = ACTIONS[action];
  const { canary } = workload;
  return act && canary && isMoving(workload)
    ? { ...workload, canary: act(canary) }
    : workload;
}

function stepsOf(manifest: Manifest): unknown[] {
  return asArray(at(manifest, 'spec', 'strategy', 'canary', 'steps'));
}

/** The status of a Rollout, as its controller writes it. */
export function rolloutStatus(workload: Workload, manifest: Manifest): Obj {
  const { canary, current } = workload;
  const startTime = timestamp(canary?.pausedAt);
  const [phase, message] = phaseOf(workload);
  return {
    phase,
    message,
    currentPodHash: current,
    stableRS: canary?.stable,
    currentStepIndex: isMoving(workload)
      ? canary?.step
      : stepsOf(manifest).length || undefined,
    abort: canary?.aborted,
    pauseConditions: unlessEmpty(
      isPaused(workload) ? [{ reason: 'CanaryPauseStep', startTime }] : [],
    ),
  };
}

function phaseOf(workload: Workload): [phase: string, message?: string] {
  if (workload.degraded) {
    return ['Degraded', 'ProgressDeadlineExceeded: pods are not ready'];
  }
  if (workload.canary?.aborted) {
    const update = `update to revision ${workload.revision}`;
    return ['Degraded', `RolloutAborted: Rollout aborted ${update}`];
  }
  if (isPaused(workload)) {
    return ['Paused', 'CanaryPauseStep'];
  }
  return isMoving(workload) || !rolloutOf(workload).ready
    ? ['Progressing', 'more replicas need to be updated']
    : ['Healthy'];
}

/** Argo CD's health of a Rollout. */
export function rolloutHealth(workload: Workload): HealthStatus {
  const [phase, message] = phaseOf(workload);
  return { status: phase === 'Paused' ? 'Suspended' : phase, message };
}
