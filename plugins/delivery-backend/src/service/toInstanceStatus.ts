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
 * Watches report every few seconds. To the second, no response would ever equal
 * the one before (ETag).
 *
 * @internal
 */
export function toTheMinute(status: InstanceStatus): InstanceStatus {
  const { lastReceivedAt } = status;
  return lastReceivedAt
    ? { ...status, lastReceivedAt: `${lastReceivedAt.slice(0, 16)}:00.000Z` }
    : status;
}
