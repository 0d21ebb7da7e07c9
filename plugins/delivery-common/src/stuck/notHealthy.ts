import type { Application } from '../model/application';
import { degradedReason } from '../promotion/settle/degraded';
import type { StuckReason } from './types';

/**
 * What a version that was synced waits for.
 *
 * @internal
 */
export function whyNotHealthy(
  application: Application,
  syncedAt: string,
): StuckReason {
  const { health } = application;
  const since =
    health.lastTransitionTime &&
    Date.parse(health.lastTransitionTime) >= Date.parse(syncedAt)
      ? health.lastTransitionTime
      : syncedAt;
  switch (health.status) {
    case 'Degraded':
      return { code: 'degraded', message: degradedReason(application), since };
    case 'Suspended':
      return {
        code: 'suspended',
        message: health.message || 'The rollout is paused',
        since,
      };
    case 'Missing':
      return {
        code: 'missing',
        message: health.message || 'Resources of the application are missing',
        since,
      };
    default:
      return {
        code: 'rolling-out',
        message: progress(application) ?? 'Pods are being replaced',
        since,
      };
  }
}

function progress(application: Application): string | undefined {
  return (
    application.health.message ||
    application.resources.unwell.find(
      ({ health }) => health?.status === 'Progressing' && health.message,
    )?.health?.message
  );
}
