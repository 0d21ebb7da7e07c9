import { isError } from '@backstage/errors';

const THROTTLING = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/**
 * Whether a registry refused a call because of the call rate, even after the
 * client's own retries.
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
