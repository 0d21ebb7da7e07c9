import { isError } from '@backstage/errors';

const THROTTLING = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/**
 * Whether a registry refused a call because of the rate of calls, after the
 * client's own attempts.
 *
 * @internal
 */
export function isThrottled(error: unknown): boolean {
  return (
    isError(error) &&
    (THROTTLING.has(error.name) ||
      error.status === 429 ||
      isThrottled(error.cause))
  );
}
