import { isError } from '@backstage/errors';

/** `fetch` says only "fetch failed"; the reason is in its causes. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  let current = error;
  while (isError(current)) {
    if (current.message && current.message !== 'fetch failed') {
      reasons.push(current.message);
    }
    // An address for each of which the connection failed gives several errors.
    const { errors } = current;
    current = Array.isArray(errors) ? errors[0] : current.cause;
  }
  return reasons.join(': ') || 'the connection failed';
}
