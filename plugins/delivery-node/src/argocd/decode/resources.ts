import {
  type Application,
  type ApplicationResource,
  type HealthStatus,
  IMAGE_UPDATER_GROUP,
  IMAGE_UPDATER_KIND,
} from '@landfall/backstage-plugin-delivery-common';
import type { RawResource } from './schema';
import { withoutUserInfo } from '../../userInfo';
import { decodeHealthStatus } from './values';

/**
 * The largest number of unwell resources kept per application. When a
 * comparison fails, every resource of every application is `Unknown` at once.
 */
const MAX_UNWELL = 50;

const ROLLOUT_GROUP = 'argoproj.io';
const ROLLOUT_KIND = 'Rollout';

const SEVERITY: Record<HealthStatus, number> = {
  Degraded: 0,
  Missing: 1,
  Progressing: 2,
  Suspended: 3,
  Unknown: 4,
  Healthy: 5,
};

/**
 * Counts the resources and keeps those that are unhealthy or out of sync, worst
 * first.
 */
export function decodeResources(
  raw: RawResource[] | null | undefined,
): Application['resources'] {
  const resources = raw ?? [];
  const unwell = resources
    .filter(({ status, health }) => isUnwell(status, health?.status))
    .map(decodeResource)
    .sort((a, b) => severity(a) - severity(b));
  const imageUpdaters = resources.filter(
    ({ group, kind }) =>
      group === IMAGE_UPDATER_GROUP && kind === IMAGE_UPDATER_KIND,
  ).length;
  const rollouts = resources.filter(
    ({ group, kind }) => group === ROLLOUT_GROUP && kind === ROLLOUT_KIND,
  ).length;
  return {
    total: resources.length,
    outOfSync: resources.filter(({ status }) => status === 'OutOfSync').length,
    unwell: unwell.slice(0, MAX_UNWELL),
    ...(imageUpdaters > 0 && { imageUpdaters }),
    ...(rollouts > 0 && { rollouts }),
  };
}

/** Hooks have no sync status, and kinds without a health check have no health. */
function isUnwell(
  sync: string | null | undefined,
  health: string | null | undefined,
): boolean {
  return (
    Boolean(sync && sync !== 'Synced') ||
    Boolean(health && health !== 'Healthy')
  );
}

function severity({ health }: ApplicationResource): number {
  return health ? SEVERITY[health.status] : SEVERITY.Healthy;
}

function decodeResource(raw: RawResource): ApplicationResource {
  return {
    group: raw.group ?? '',
    kind: raw.kind ?? '',
    namespace: raw.namespace || undefined,
    name: raw.name ?? '',
    syncStatus: raw.status || undefined,
    health: raw.health?.status
      ? {
          status: decodeHealthStatus(raw.health.status),
          message: withoutUserInfo(raw.health.message ?? '') || undefined,
        }
      : undefined,
  };
}
