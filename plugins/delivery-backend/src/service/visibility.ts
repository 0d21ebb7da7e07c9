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

/**
 * Whether an answer has anything that only some callers may see.
 *
 * @internal
 */
export function hasDetails({
  instances = [],
  problems = [],
}: {
  instances?: readonly InstanceStatus[];
  problems?: readonly { detail?: unknown }[];
}): boolean {
  return (
    instances.some(({ error }) => error?.detail !== undefined) ||
    problems.some(({ detail }) => detail !== undefined)
  );
}

/**
 * The same function, which returns the same result for the same object.
 *
 * @internal
 */
export function oncePerObject<T extends object>(
  derive: (from: T) => T,
): (from: T) => T {
  const derived = new WeakMap<T, T>();
  return from => {
    const result = derived.get(from) ?? derive(from);
    derived.set(from, result);
    return result;
  };
}
