/** Statistics of durations in milliseconds. */
export interface Spread {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/**
 * The smallest of the values that at least this part (0 to 1) of them doesn't
 * exceed: the nearest-rank percentile.
 */
export function percentile(values: readonly number[], part: number): number {
  if (values.length === 0) {
    throw new Error('There is nothing to take a percentile of');
  }
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    count: values.length,
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
    max: percentile(values, 1),
  };
}
