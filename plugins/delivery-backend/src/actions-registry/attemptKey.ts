import { createHash } from 'node:crypto';

/**
 * The idempotency key of an action that a program asked for. Programs repeat calls
 * whose answer they lost, so the same call has the same key: it is done once. A call
 * is another one after the application has changed, or with another `attempt`.
 *
 * @internal
 * @param call - everything that the caller passed
 */
export function attemptKey(name: string, call: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([name, sorted(call)]))
    .digest('base64url');
}

/** Without regard to the order in which properties were passed. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return value !== null && typeof value === 'object'
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [name, sorted(part)])
    : value;
}
