import { ResponseError } from '@backstage/errors';

/** Whether a retry would fail the same way, since the status is 4xx. @internal */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof ResponseError &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}
