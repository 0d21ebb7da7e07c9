import { isError } from '@backstage/errors';

/** `fetch` only reports "fetch failed"; its causes hold the reason. */
export function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  let current = error;
  while (isError(current)) {
    if (current.message && current.message !== 'fetch failed') {
      reasons.push(current.message);
    }
    // If the connection failed for several addresses, there are several errors.
    const { errors } = current;
    current = Array.isArray(errors) ? errors[0] : current.cause;
  }
  return reasons.join(': ') || 'the connection failed';
}
