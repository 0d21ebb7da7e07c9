import { ResponseError } from '@backstage/errors';

/** Whether asking again would be answered alike: by a status of 4xx. @internal */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof ResponseError &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}
