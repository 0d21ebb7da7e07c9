import { type ErrorLike, isError } from '@backstage/errors';

/** An error and its causes, outermost first. */
export function withCauses(error: unknown): ErrorLike[] {
  const all: ErrorLike[] = [];
  let current = error;
  while (isError(current)) {
    all.push(current);
    // If the connection failed for several addresses, there are several errors.
    const { errors } = current;
    current = Array.isArray(errors) ? errors[0] : current.cause;
  }
  return all;
}

/**
 * The reason for which a request failed, from the error and its causes: `fetch`
 * itself only reports "fetch failed".
 *
 * @public
 */
export function reasonOf(error: unknown): string {
  const reasons = withCauses(error)
    .map(({ message }) => message)
    .filter(message => message && message !== 'fetch failed');
  return reasons.join(': ') || 'the connection failed';
}
