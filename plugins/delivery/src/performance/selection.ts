import {
  daysOfPeriod,
  isDay,
  lastDays,
  MAX_PERFORMANCE_DAYS,
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
 * The first and the last day, in UTC, such as `2026-11-01`.
 *
 * @internal
 */
export type Dates = Pick<PerformancePeriod, 'from' | 'to'>;

/**
 * What the reader selected: a number of days until today, or two dates.
 *
 * @internal
 */
export interface Selection {
  /** How long the period is. */
  days: number;
  /** Where the period doesn't end today. */
  dates?: Dates;
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
  from?: string;
  to?: string;
  interval?: string;
  environment?: string;
}): Selection {
  const { from = '', to = '' } = params;
  const dates = problemOfDates({ from, to }) ? undefined : { from, to };
  const days = dates
    ? daysOfPeriod(dates)
    : PERIODS.find(each => String(each) === params.period) ?? DEFAULT_PERIOD;
  return {
    days,
    ...(dates && { dates }),
    interval:
      PERFORMANCE_INTERVALS.find(each => each === params.interval) ??
      defaultInterval(days),
    ...(params.environment && { environment: params.environment }),
  };
}

/**
 * Why two dates make no period: one of them isn't a day, the last is before the
 * first, or there are too many days between them; undefined if they make one.
 *
 * @internal
 */
export function problemOfDates(
  dates: Dates,
): 'incomplete' | 'reversed' | 'too-long' | undefined {
  if (!isDay(dates.from) || !isDay(dates.to)) {
    return 'incomplete';
  }
  const days = daysOfPeriod(dates);
  if (days < 1) {
    return 'reversed';
  }
  return days > MAX_PERFORMANCE_DAYS ? 'too-long' : undefined;
}

function defaultInterval(days: number): PerformanceInterval {
  return days > MAX_SINGLE_DAYS ? 'week' : 'day';
}

/** @internal */
export function periodOf(
  { days, dates, interval }: Selection,
  now: Date,
): PerformancePeriod {
  return { ...(dates ?? lastDays(days, now)), interval };
}
