import { isError } from '@backstage/errors';

/**
 * The kind of a failure. It is the same for each attempt that fails in the same
 * way, whatever times and ids the message contains.
 *
 * @internal
 */
export function failureKind(error: unknown): string {
  if (!isError(error)) {
    return typeof error;
  }
  const { name, code, status } = error;
  return [name, code, status]
    .filter(part => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}
