import { withCauses } from '../../reasonOf';
import {
  ArgoCdConflictError,
  ArgoCdCredentialsError,
  ArgoCdError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
  ArgoCdNotFoundError,
  ArgoCdUnauthenticatedError,
} from './errors';

/**
 * What an error of an operation means. `refused`: Argo CD answered that it won't.
 * `conflict`: it answered that it can't now, since another operation is running or
 * the state doesn't permit it. `not-sent`: nothing reached Argo CD. `unknown`: it
 * may have begun.
 *
 * @public
 */
export type OperationOutcome = 'refused' | 'conflict' | 'not-sent' | 'unknown';

/** Only errors from before a connection was there, so nothing was sent. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const TOO_MANY_REQUESTS = 429;

/**
 * What an error of an operation means for whoever asked for it. Anything that
 * doesn't prove otherwise is `unknown`.
 *
 * @public
 */
export function operationOutcome(error: unknown): OperationOutcome {
  if (!(error instanceof ArgoCdError)) {
    return 'unknown';
  }
  if (error instanceof ArgoCdCredentialsError) {
    return 'not-sent';
  }
  if (error instanceof ArgoCdConflictError) {
    return 'conflict';
  }
  if (
    error instanceof ArgoCdForbiddenError ||
    error instanceof ArgoCdInvalidRequestError ||
    error instanceof ArgoCdNotFoundError ||
    error instanceof ArgoCdUnauthenticatedError ||
    error.status === TOO_MANY_REQUESTS
  ) {
    return 'refused';
  }
  return withCauses(error).some(({ code }) => NOT_CONNECTED.has(code))
    ? 'not-sent'
    : 'unknown';
}
