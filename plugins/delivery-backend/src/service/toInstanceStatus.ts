import {
  describeInstanceError,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoredInstance } from '../store/operations/instances';

/**
 * The status of an instance as the API sends it, with everything that only some
 * callers may see.
 *
 * @internal
 */
export function toInstanceStatus(instance: StoredInstance): InstanceStatus {
  const { name, state, since, lastReceivedAt, applications, error } = instance;
  return {
    name,
    state,
    since,
    lastReceivedAt,
    applications,
    error:
      error === undefined
        ? undefined
        : describeInstanceError(instance.errorCode ?? 'unknown', error),
  };
}

/**
 * While an instance is live, it reports every few seconds: with that time, no
 * response would ever equal the one before (ETag). Once it isn't, the time stands
 * still, and it is what a page shows.
 *
 * @internal
 */
export function withoutPassingTime(status: InstanceStatus): InstanceStatus {
  const { lastReceivedAt, ...rest } = status;
  return status.state === 'live' ? rest : status;
}
