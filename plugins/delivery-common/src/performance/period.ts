import type { PerformanceBuckets } from './types';

const DAY_MS = 86_400_000;

/**
 * The lengths of buckets that can be asked for.
 *
 * @public
 */
export const PERFORMANCE_INTERVALS = ['day', 'week'] as const;

/** @public */
export type PerformanceInterval = (typeof PERFORMANCE_INTERVALS)[number];

/**
 * The longest period that can be asked for, in days: a year.
 *
 * @public
 */
export const MAX_PERFORMANCE_DAYS = 366;

const DAYS: Record<PerformanceInterval, number> = { day: 1, week: 7 };

/**
 * The days that figures are about. Days are those of UTC, so that everybody sees the
 * same figures.
 *
 * @public
 */
export interface PerformancePeriod {
  /** The first day, such as `2026-11-01`. */
  from: string;
  /** The last day. */
  to: string;
  interval: PerformanceInterval;
}

/**
 * The buckets of a period: days, or weeks of seven days that begin with its first
 * day. The last week is shorter if the period doesn't consist of whole weeks.
 *
 * @public
 */
export function bucketsOfPeriod({
  from,
  to,
  interval,
}: PerformancePeriod): PerformanceBuckets {
  return {
    startMs: startOf(from),
    endMs: startOf(to) + DAY_MS,
    stepMs: DAYS[interval] * DAY_MS,
  };
}

/**
 * Two buckets: a period, and what it is compared with, the same number of days
 * directly before it.
 *
 * @public
 */
export function bucketsOfComparison(
  period: Pick<PerformancePeriod, 'from' | 'to'>,
): PerformanceBuckets {
  const { startMs, endMs } = bucketsOfPeriod({ ...period, interval: 'day' });
  const stepMs = endMs - startMs;
  return { startMs: startMs - stepMs, endMs, stepMs };
}

/**
 * The days of each bucket, first and last, oldest first.
 *
 * @public
 */
export function daysOfBuckets({
  startMs,
  endMs,
  stepMs,
}: PerformanceBuckets): { from: string; to: string }[] {
  const days: { from: string; to: string }[] = [];
  for (let from = startMs; from < endMs; from += stepMs) {
    const to = Math.min(from + stepMs, endMs) - DAY_MS;
    days.push({ from: dayOf(from), to: dayOf(to) });
  }
  return days;
}

/**
 * The last days until today, in UTC.
 *
 * @public
 */
export function lastDays(
  days: number,
  now: Date,
): Pick<PerformancePeriod, 'from' | 'to'> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return { from: dayOf(today - (days - 1) * DAY_MS), to: dayOf(today) };
}

/**
 * Whether a text is a day of the calendar, such as `2026-11-30`. `2026-02-30` isn't.
 *
 * @public
 */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOf(text) : NaN;
  // `Date` turns February 30 into a day of March.
  return !Number.isNaN(ms) && dayOf(ms) === text;
}

/**
 * The number of days of a period, the last one included; 0 or less if it ends
 * before it begins.
 *
 * @public
 */
export function daysOfPeriod({
  from,
  to,
}: Pick<PerformancePeriod, 'from' | 'to'>): number {
  return (startOf(to) - startOf(from)) / DAY_MS + 1;
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
