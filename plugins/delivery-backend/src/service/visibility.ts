import {
  describeInstanceError,
  type EntityProblem,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The status of an instance as anybody may see it. Argo CD's own message can
 * contain addresses and names of applications, so the sentence for its code
 * replaces it.
 *
 * @internal
 */
export function withoutErrorText(instance: InstanceStatus): InstanceStatus {
  const { error, errorCode = 'unknown', ...rest } = instance;
  return error === undefined
    ? instance
    : { ...rest, errorCode, error: describeInstanceError(errorCode) };
}

/**
 * A problem for anybody, without its detail.
 *
 * @internal
 */
export function withoutDetail<P extends EntityProblem>({
  detail,
  ...problem
}: P): Omit<P, 'detail'> {
  return problem;
}
