import { isError } from '@backstage/errors';

/**
 * The kind of a failure: the same for each attempt that fails alike, whatever
 * times and ids its message has.
 *
 * @internal
 */
export function reasonOf(error: unknown): string {
  if (!isError(error)) {
    return typeof error;
  }
  const { name, code, status } = error;
  return [name, code, status]
    .filter(part => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}
