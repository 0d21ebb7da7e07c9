import {
  rolloutProgress,
  type Deployment,
  type HealthStatus,
  type PodFailure,
  type RolloutProgress,
} from '@landfall/backstage-plugin-delivery-common';
import type { SyncState } from '../components/status';

/**
 * How far a workload is.
 *
 * @internal
 */
export interface WorkloadProgress extends RolloutProgress {
  workload: string;
}

/**
 * The resources that differ from Git.
 *
 * @internal
 */
export interface DriftRow {
  /** `Deployment api`; at most ten. */
  resources: string[];
  total: number;
}

/** How an application is, and what holds it up. @internal */
export interface ConditionRow {
  health: { status: HealthStatus; reason?: string; since?: string };
  sync: SyncState;
  /** Of the workloads that are rolled out; empty unless it is known. */
  progress: WorkloadProgress[];
  /** Set if the application is out of sync, and it is known in what. */
  drift?: DriftRow;
  podFailures: PodFailure[];
}

/** As many as one can compare with Argo CD; an application may have thousands. */
const MAX_RESOURCES = 10;

const MAX_WORKLOADS = 3;

/** @internal */
export function toConditionRow(deployment: Deployment): ConditionRow {
  const { health, podFailures = [] } = deployment;
  const progress = progressOf(deployment);
  const reason = healthReason(deployment);
  const drift = driftOf(deployment);
  return {
    health: {
      status: health.status,
      // Progress says the same in fewer words.
      ...(reason && progress.length === 0 && { reason }),
      ...(health.since && { since: health.since }),
    },
    sync: toSyncState(deployment),
    progress,
    ...(drift && { drift }),
    podFailures,
  };
}

/** Argo CD gives a message for the application, or for each of its resources. */
function progressOf({
  application,
  health,
  unwell,
}: Deployment): WorkloadProgress[] {
  if (health.status !== 'Progressing') {
    return [];
  }
  const own = rolloutProgress(health.message);
  if (own) {
    return [{ ...own, workload: application.name }];
  }
  return unwell
    .flatMap(({ kind, name, health: each }) => {
      const progress =
        each?.status === 'Progressing'
          ? rolloutProgress(each.message)
          : undefined;
      return progress ? [{ ...progress, workload: `${kind} ${name}` }] : [];
    })
    .slice(0, MAX_WORKLOADS);
}

function driftOf({ sync, unwell }: Deployment): DriftRow | undefined {
  const resources = unwell
    .filter(({ syncStatus }) => syncStatus === 'OutOfSync')
    .map(({ kind, name }) => `${kind} ${name}`);
  return sync.status === 'OutOfSync' && resources.length > 0
    ? {
        resources: resources.slice(0, MAX_RESOURCES),
        total: Math.max(sync.outOfSync, resources.length),
      }
    : undefined;
}

function toSyncState({ sync, operation }: Deployment): SyncState {
  const message = operation?.message;
  switch (operation?.phase) {
    case 'Failed':
    case 'Error':
      return { state: 'failed', ...(message && { message }) };
    case 'Running':
    case 'Terminating':
      return { state: 'syncing', ...(message && { message }) };
    default:
  }
  switch (sync.status) {
    case 'Synced':
      return { state: 'synced' };
    case 'OutOfSync':
      return { state: 'outOfSync', resources: sync.outOfSync };
    default:
      return { state: 'unknown' };
  }
}

/**
 * Argo CD's message for the application, or else for the first resource with
 * the same health status.
 */
function healthReason({ health, unwell }: Deployment): string | undefined {
  if (health.status === 'Healthy') {
    return undefined;
  }
  const resource = unwell.find(
    each => each.health?.status === health.status && each.health.message,
  );
  return (
    health.message ||
    (resource?.health &&
      `${resource.kind} ${resource.name}: ${resource.health.message}`)
  );
}
