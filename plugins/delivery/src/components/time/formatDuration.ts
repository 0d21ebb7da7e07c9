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
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) {
    return `${Math.floor(length / SECOND)} s`;
  }
  if (length < HOUR) {
    return `${Math.floor(length / MINUTE)} min`;
  }
  if (length < DAY) {
    const minutes = Math.floor((length % HOUR) / MINUTE);
    const hours = `${Math.floor(length / HOUR)} h`;
    return minutes ? `${hours} ${minutes} min` : hours;
  }
  const days = Math.floor(length / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}
