/**
 * Milliseconds until the next attempt after some failed ones: doubles each
 * time, with jitter, up to a limit.
 *
 * @internal
 */
export function backoff(
  failures: number,
  limits: { firstMs: number; maxMs: number },
): number {
  const full = Math.min(
    limits.maxMs,
    limits.firstMs * 2 ** Math.max(0, failures - 1),
  );
  return full * (0.75 + 0.5 * Math.random());
}
