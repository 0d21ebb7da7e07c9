/**
 * How a figure compares with that of the period before.
 *
 * @internal
 */
export interface Trend {
  direction: 'up' | 'down' | 'same';
  /** Of a ratio, the difference; else the change relative to the earlier value. */
  change: number;
  /** Absent if it is the same. */
  isBetter?: boolean;
}

/** What rounds to nothing isn't a trend. */
const SAME_BELOW = 0.005;

/**
 * Compares two values. Undefined if one is missing, or if nothing can be said
 * relative to an earlier value of zero.
 *
 * @internal
 * @param options.isRatio - compares shares of a whole by their difference
 */
export function trendOf(
  current: number | undefined,
  previous: number | undefined,
  options: { better: 'more' | 'less'; isRatio?: boolean },
): Trend | undefined {
  if (current === undefined || previous === undefined) {
    return undefined;
  }
  if (!options.isRatio && previous === 0) {
    return current === 0 ? { direction: 'same', change: 0 } : undefined;
  }
  const difference = current - previous;
  const change = Math.abs(options.isRatio ? difference : difference / previous);
  if (change < SAME_BELOW) {
    return { direction: 'same', change: 0 };
  }
  const isMore = difference > 0;
  return {
    direction: isMore ? 'up' : 'down',
    change,
    isBetter: isMore === (options.better === 'more'),
  };
}
