import type { InstanceErrorCode } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdCredentialsError,
  ArgoCdForbiddenError,
  ArgoCdStreamError,
  ArgoCdTimeoutError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from '../client';
import { UndecodableApplicationError } from '../decode';
import { connectionErrorCode } from './connectionErrorCode';
import { ListenerError } from './WatchSession';

/** The first class that an error belongs to counts, so subclasses come first. */
const CODES: readonly [
  errorClass: abstract new (...args: never[]) => Error,
  code: InstanceErrorCode,
][] = [
  [ListenerError, 'not-stored'],
  [ArgoCdCredentialsError, 'credentials-unusable'],
  [ArgoCdUnauthenticatedError, 'unauthorized'],
  [ArgoCdForbiddenError, 'forbidden'],
  [ArgoCdUnexpectedResponseError, 'invalid-answer'],
  [UndecodableApplicationError, 'invalid-answer'],
  [ArgoCdTimeoutError, 'timed-out'],
  [ArgoCdUnreachableError, 'unreachable'],
  [ArgoCdStreamError, 'unreachable'],
];

/**
 * Maps the reason why a watch isn't live, or why a read failed, to a code without
 * addresses and names. Errors of any other class are `unknown`.
 *
 * @public
 */
export function instanceErrorCode(error: Error): InstanceErrorCode {
  const [, code = 'unknown'] =
    CODES.find(([errorClass]) => error instanceof errorClass) ?? [];
  return code === 'unreachable' ? connectionErrorCode(error) ?? code : code;
}
