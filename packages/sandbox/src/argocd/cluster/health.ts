import { asString } from '../json';
import { groupOf, keyOf } from '../manifest';
import type { HealthStatus } from '../types';
import type { LiveObject } from './types';
import { rolloutOf } from './workload';

/** From best to worst, as Argo CD ranks them. */
const ORDER = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/** Kinds that are healthy here as soon as they exist. */
const SIMPLE = new Set([
  '/Service',
  '/PersistentVolumeClaim',
  'networking.k8s.io/Ingress',
  'autoscaling/HorizontalPodAutoscaler',
]);

export function isWorse(a: string, b: string): boolean {
  return ORDER.indexOf(a) > ORDER.indexOf(b);
}

/**
 * The health of an object; undefined for kinds without one (a ConfigMap, an
 * Application).
 */
export function healthOf(live: LiveObject): HealthStatus | undefined {
  if (live.deletedAt !== undefined) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  const { manifest, workload, job } = live;
  if (workload) {
    return workloadHealth(live, workload);
  }
  if (job) {
    if (job.finishedAt === undefined) {
      return { status: 'Progressing' };
    }
    return job.failed
      ? {
          status: 'Degraded',
          message: 'Job has reached the specified backoff limit',
        }
      : {
          status: 'Healthy',
          message: 'Reached expected number of succeeded pods',
        };
  }
  return SIMPLE.has(`${groupOf(manifest.apiVersion)}/${manifest.kind}`)
    ? { status: 'Healthy' }
    : undefined;
}

function workloadHealth(
  live: LiveObject,
  workload: NonNullable<LiveObject['workload']>,
): HealthStatus {
  const { kind, name } = keyOf(live.manifest);
  if (workload.paused) {
    return { status: 'Suspended', message: `${kind} is paused` };
  }
  if (workload.degraded && kind === 'Deployment') {
    return {
      status: 'Degraded',
      message: `Deployment "${name}" exceeded its progress deadline`,
    };
  }
  const { ready, wanted, old } = rolloutOf(workload);
  const current = workload.sets.find(set => set.hash === workload.current);
  if (kind === 'Pod' && current?.pods[0]?.waiting) {
    return {
      status: 'Degraded',
      message: asString(current.pods[0].waiting.message),
    };
  }
  if (ready < wanted) {
    const updated =
      current?.pods.filter(pod => pod.gone === undefined).length ?? 0;
    return {
      status: 'Progressing',
      message:
        updated < wanted
          ? `Waiting for rollout to finish: ${updated} out of ${wanted} new replicas have been updated...`
          : `Waiting for rollout to finish: ${ready} of ${wanted} updated replicas are available...`,
    };
  }
  return old > 0
    ? {
        status: 'Progressing',
        message: `Waiting for rollout to finish: ${old} old replicas are pending termination...`,
      }
    : { status: 'Healthy' };
}

/**
 * The images of existing pods, including those of terminating pods and finished
 * Jobs.
 */
export function liveImages(live: LiveObject): string[] {
  if (live.job) {
    return live.job.images;
  }
  return (live.workload?.sets ?? []).flatMap(set =>
    set.pods.length ? set.images : [],
  );
}
