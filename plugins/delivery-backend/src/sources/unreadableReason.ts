import type { UnreadableReason } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdForbiddenError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';

/**
 * Why a resource couldn't be read from Argo CD. It reveals nothing that only some
 * users may see, such as addresses or names of other applications.
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
