/**
 * The nearest-rank percentile: the smallest of some values that at least `percent`
 * percent of them don't exceed. Undefined without values.
 *
 * @internal
 */
export function percentile(
  values: readonly number[],
  percent: number,
): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1];
}
