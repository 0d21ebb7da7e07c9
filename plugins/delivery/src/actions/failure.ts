import { ResponseError, type ErrorLike } from '@backstage/errors';

/**
 * Why something wasn't started. `changed`: the application isn't as the page showed
 * it, or an operation is in progress.
 *
 * @internal
 */
export type Failure =
  | 'invalid'
  | 'signedOut'
  | 'forbidden'
  | 'notProven'
  | 'changed'
  | 'tooMany'
  | 'unavailable'
  | 'failed';

const BY_STATUS: ReadonlyMap<number, Failure> = new Map([
  [400, 'invalid'],
  [401, 'signedOut'],
  [403, 'forbidden'],
  [404, 'notProven'],
  [409, 'changed'],
  [422, 'invalid'],
  [429, 'tooMany'],
  [503, 'unavailable'],
]);

/** @internal */
export function failureOf(error: ErrorLike): Failure {
  return error instanceof ResponseError
    ? BY_STATUS.get(error.statusCode) ?? 'failed'
    : 'failed';
}

/** The backend's own message, or that of the browser. @internal */
export function originalMessage(error: ErrorLike): string {
  return error instanceof ResponseError
    ? `${error.statusCode}: ${error.cause.message}`
    : error.message;
}
