import type { UnreadableReason } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdForbiddenError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * Why Argo CD didn't give what was asked for, without anything that only some may
 * see, such as addresses and names of other applications.
 *
 * @internal
 */
export function unreadableReason(error: unknown): UnreadableReason {
  if (
    error instanceof ArgoCdForbiddenError ||
    error instanceof ArgoCdUnauthenticatedError
  ) {
    return 'forbidden';
  }
  return error instanceof ArgoCdUnreachableError ? 'unreachable' : 'failed';
}
