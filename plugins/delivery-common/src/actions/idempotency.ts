/**
 * The form of an `Idempotency-Key`.
 *
 * @public
 */
export const IDEMPOTENCY_KEY_PATTERN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * A request as one text: the same for the same request, in whatever order its
 * fields are written, and without those that are undefined.
 *
 * @public
 */
export function canonicalRequest(request: unknown): string {
  return JSON.stringify(request, (_, value: unknown) =>
    isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}

/**
 * What a request means whose key is known: `new` if the key isn't, `repeat` if the
 * request is the same as before, else `other`, which has to be refused.
 *
 * @public
 */
export function matchRequest(
  known: { request: string } | undefined,
  request: string,
): 'new' | 'repeat' | 'other' {
  if (!known) {
    return 'new';
  }
  return known.request === request ? 'repeat' : 'other';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
