/**
 * How long to wait after failed attempts.
 *
 * @public
 */
export interface BackoffOptions {
  /** The longest pause after the first failure, in milliseconds. */
  firstMs: number;
  /** The upper limit of every pause, in milliseconds. Default: no limit. */
  maxMs?: number;
  /** A number from 0 to 1 for the jitter. Default: `Math.random`. */
  random?: () => number;
}

/**
 * The pause before the next attempt, in milliseconds. The full pause doubles
 * with each failure, up to the limit. The result is between half of it and all
 * of it (`0.5 + 0.5 · random`). So clients that failed together don't retry
 * together, no retry follows at once, and no pause exceeds the limit.
 *
 * @param failures - consecutive failed attempts, from 1
 *
 * @public
 */
export function backoff(
  failures: number,
  { firstMs, maxMs = Infinity, random = Math.random }: BackoffOptions,
): number {
  const fullMs = Math.min(maxMs, firstMs * 2 ** Math.max(0, failures - 1));
  return fullMs * (0.5 + 0.5 * random());
}
