const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MAX_TICKS = 5;

/** Distances that read well as durations. */
const STEPS = [
  ...[1, 5, 10, 30].map(value => value * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(value => value * MINUTE),
  ...[1, 2, 4, 6, 12].map(value => value * HOUR),
  ...[1, 2, 5, 7, 14, 30, 60, 90].map(value => value * DAY),
];

/**
 * The marks of an axis for durations, from zero to at least the longest one, in
 * milliseconds.
 *
 * @internal
 */
export function durationTicks(longest: number): number[] {
  const step =
    STEPS.find(each => longest <= each * MAX_TICKS) ??
    Math.ceil(longest / MAX_TICKS / DAY) * DAY;
  const count = Math.max(1, Math.ceil(longest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
