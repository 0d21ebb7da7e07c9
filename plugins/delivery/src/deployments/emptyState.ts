import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { isIncomplete } from './unreadInstances';

/**
 * Why there is nothing to show.
 *
 * - `explained`: a problem that is shown above says it already.
 * - `unconfigured`: there is no Argo CD.
 * - `filtered`: the card's settings leave everything out.
 * - `reading`: an instance is being read for the first time, and nothing is known yet.
 * - `incomplete`: no application matches, but some aren't known.
 * - `unmatched`: no application matches the annotations.
 * - `unannotated`: there are no annotations.
 *
 * @internal
 */
export type EmptyState =
  | 'explained'
  | 'unconfigured'
  | 'filtered'
  | 'reading'
  | 'incomplete'
  | 'unmatched'
  | 'unannotated';

/** @internal */
export function emptyState(data: DeploymentsResponse): EmptyState {
  if (data.unconfigured) {
    return 'unconfigured';
  }
  if (data.environments.length > 0) {
    return 'filtered';
  }
  if (data.problems.some(({ code }) => code === 'applications-withheld')) {
    return 'explained';
  }
  if (Object.keys(data.locator.annotations).length === 0) {
    return 'unannotated';
  }
  const isReading = data.instances.some(
    ({ state, lastReceivedAt }) => state === 'connecting' && !lastReceivedAt,
  );
  if (isReading) {
    return 'reading';
  }
  return isIncomplete(data) ? 'incomplete' : 'unmatched';
}
