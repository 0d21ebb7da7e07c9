import type { UnreadableReason } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdForbiddenError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnreachableError,
  KubernetesError,
  type KubernetesErrorCode,
} from '@landfall/backstage-plugin-delivery-node';

const KUBERNETES: Record<KubernetesErrorCode, UnreadableReason> = {
  unauthenticated: 'kubernetes-forbidden',
  forbidden: 'kubernetes-forbidden',
  'not-found': 'kubernetes-missing',
  gone: 'kubernetes-unreachable',
  unreachable: 'kubernetes-unreachable',
  'not-configured': 'kubernetes-failed',
  unexpected: 'kubernetes-failed',
};

/**
 * Why a resource couldn't be read from Argo CD or Kubernetes. It reveals nothing that only some
 * users may see, such as addresses or names of other applications.
 *
 * @internal
 */
export function unreadableReason(error: unknown): UnreadableReason {
  if (error instanceof KubernetesError) {
    return KUBERNETES[error.code];
  }
  if (
    error instanceof ArgoCdForbiddenError ||
    error instanceof ArgoCdUnauthenticatedError
  ) {
    return 'forbidden';
  }
  return error instanceof ArgoCdUnreachableError ? 'unreachable' : 'failed';
}
