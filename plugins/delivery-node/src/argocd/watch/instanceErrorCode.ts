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
 * Why a watch isn't live, as a code without addresses and names. Anything that
 * no class of errors stands for is `unknown`.
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
