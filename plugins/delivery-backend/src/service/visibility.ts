import type { InstanceStatus } from '@landfall/backstage-plugin-delivery-common';

/**
 * A problem or an error for anybody. Its detail can contain addresses and names
 * that don't belong to the entity.
 *
 * @internal
 */
export function withoutDetail<P extends { detail?: unknown }>({
  detail,
  ...problem
}: P): Omit<P, 'detail'> {
  return problem;
}

/**
 * The status of an instance as anybody may see it.
 *
 * @internal
 */
export function withoutErrorDetail(instance: InstanceStatus): InstanceStatus {
  const { error, ...rest } = instance;
  return error ? { ...rest, error: withoutDetail(error) } : instance;
}
