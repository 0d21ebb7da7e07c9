import type { InstanceErrorCode } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdForbiddenError,
  ArgoCdStreamError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from '../client';
import { UndecodableApplicationError } from '../decode';
import { ListenerError } from './WatchSession';

/**
 * Maps the reason why a watch isn't live to a code without addresses and names.
 * Errors of any other class are `unknown`.
 */
export function instanceErrorCode(error: Error): InstanceErrorCode {
  if (error instanceof ListenerError) {
    return 'not-stored';
  }
  if (error instanceof ArgoCdUnauthenticatedError) {
    return 'unauthorized';
  }
  if (error instanceof ArgoCdForbiddenError) {
    return 'forbidden';
  }
  if (
    error instanceof ArgoCdUnexpectedResponseError ||
    error instanceof UndecodableApplicationError
  ) {
    return 'invalid-answer';
  }
  return error instanceof ArgoCdUnreachableError ||
    error instanceof ArgoCdStreamError
    ? 'unreachable'
    : 'unknown';
}
