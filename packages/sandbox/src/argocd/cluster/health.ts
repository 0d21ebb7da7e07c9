import { groupOf } from '../manifest';
import type { HealthStatus } from '../types';
import type { Job, LiveObject, Workload } from './types';
import { rolloutHealth } from './rollout';
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
const SIMPLE = [
  '/Service',
  '/PersistentVolumeClaim',
  'networking.k8s.io/Ingress',
  'autoscaling/HorizontalPodAutoscaler',
];

export function worstHealth(healths: string[]): string {
  return ORDER[Math.max(0, ...healths.map(health => ORDER.indexOf(health)))];
}

/**
 * The health of an object; undefined for kinds without one (a ConfigMap, an
 * Application).
 */
export function healthOf(live: LiveObject): HealthStatus | undefined {
  const { manifest, workload, job, deletedAt } = live;
  if (deletedAt !== undefined) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  if (workload) {
    return workloadHealth(live, workload);
  }
  if (job) {
    return jobHealth(job);
  }
  return SIMPLE.includes(`${groupOf(manifest)}/${manifest.kind}`)
    ? { status: 'Healthy' }
    : undefined;
}

function jobHealth({ finishedAt, failed }: Job): HealthStatus {
  if (finishedAt === undefined) {
    return { status: 'Progressing' };
  }
  return failed
    ? {
        status: 'Degraded',
        message: 'Job has reached the specified backoff limit',
      }
    : {
        status: 'Healthy',
        message: 'Reached expected number of succeeded pods',
      };
}

function workloadHealth(
  { manifest: { kind, metadata } }: LiveObject,
  workload: Workload,
): HealthStatus {
  if (workload.canary) {
    return rolloutHealth(workload);
  }
  if (workload.paused) {
    return { status: 'Suspended', message: `${kind} is paused` };
  }
  if (workload.degraded && kind === 'Deployment') {
    return {
      status: 'Degraded',
      message: `Deployment "${metadata.name}" exceeded its progress deadline`,
    };
  }
  const { pods, ready } = rolloutOf(workload);
  if (kind === 'Pod' && pods?.waiting) {
    return { status: 'Degraded', message: pods.waiting.message };
  }
  return ready
    ? { status: 'Healthy' }
    : {
        status: 'Progressing',
        message: `Waiting for rollout to finish: 0 of ${pods?.replicas} updated replicas are available...`,
      };
}

/**
 * The images of existing pods, including those of terminating pods and finished
 * Jobs.
 */
export function liveImages({ workload, job }: LiveObject): string[] {
  return [...(workload?.sets ?? []), ...(job ? [job.pods] : [])].flatMap(set =>
    set.replicas ? set.images : [],
  );
}
