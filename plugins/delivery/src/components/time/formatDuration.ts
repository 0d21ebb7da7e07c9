import type { Translate } from '../../translation';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A duration for people, in at most two units: `40 s`, `3 min`, `2 h 5 min`, `6
 * days`. Rounds down. Negative durations, which occur when clocks differ, are
 * `0 s`.
 *
 * @internal
 */
export function formatDuration(milliseconds: number, t: Translate): string {
  const length = Math.max(0, milliseconds);
  const inUnits = (unit: number) => String(Math.floor(length / unit));
  if (length < MINUTE) {
    return t('time.seconds', { value: inUnits(SECOND) });
  }
  if (length < HOUR) {
    return t('time.minutes', { value: inUnits(MINUTE) });
  }
  if (length < DAY) {
    const minutes = Math.floor((length % HOUR) / MINUTE);
    const hours = t('time.hours', { value: inUnits(HOUR) });
    return minutes
      ? `${hours} ${t('time.minutes', { value: String(minutes) })}`
      : hours;
  }
  return length < 2 * DAY
    ? t('time.day')
    : t('time.days', { value: inUnits(DAY) });
}
