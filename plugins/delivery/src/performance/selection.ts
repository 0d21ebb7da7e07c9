import {
  lastDays,
  PERFORMANCE_INTERVALS,
  type PerformanceInterval,
  type PerformancePeriod,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The periods to choose from, in days. From the second on, they are whole weeks.
 *
 * @internal
 */
export const PERIODS = [7, 28, 91, 182, 364] as const;

const DEFAULT_PERIOD: (typeof PERIODS)[number] = 28;

/** More days than this make narrow bars. */
const MAX_SINGLE_DAYS = 31;

/**
 * What the reader selected.
 *
 * @internal
 */
export interface Selection {
  days: number;
  interval: PerformanceInterval;
  environment?: string;
}

/**
 * The selection in the page's URL. What it can't mean is ignored.
 *
 * @internal
 */
export function parseSelection(params: {
  period?: string;
  interval?: string;
  environment?: string;
}): Selection {
  const days =
    PERIODS.find(each => String(each) === params.period) ?? DEFAULT_PERIOD;
  return {
    days,
    interval:
      PERFORMANCE_INTERVALS.find(each => each === params.interval) ??
      defaultInterval(days),
    ...(params.environment && { environment: params.environment }),
  };
}

function defaultInterval(days: number): PerformanceInterval {
  return days > MAX_SINGLE_DAYS ? 'week' : 'day';
}

/** @internal */
export function periodOf(
  { days, interval }: Selection,
  now: Date,
): PerformancePeriod {
  return { ...lastDays(days, now), interval };
}
