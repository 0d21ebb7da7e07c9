import { ResponseError } from '@backstage/errors';

/**
 * Too early, too often, or with a token that expired on its way, as on a page that
 * was open while the computer slept. All of these pass.
 */
const PASSING = [401, 408, 425, 429];

/** Whether the status is 4xx, so that a retry would fail the same way. @internal */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof ResponseError &&
    error.statusCode >= 400 &&
    error.statusCode < 500 &&
    !PASSING.includes(error.statusCode)
  );
}
