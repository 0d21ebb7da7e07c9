const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * Converts an RFC 3339 time to nanoseconds since the epoch. It has Go's
 * precision, because builds can be that close together. Like Go, it accepts an
 * hour of one digit, a comma before the fraction, and offsets of up to 24:60.
 * Undefined for anything else.
 *
 * @public
 */
export function nanosecondsOf(text: string): bigint | undefined {
  const match = RFC_3339.exec(text);
  if (!match) {
    return undefined;
  }
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map(Number);
  const [fraction = '', sign, hours = '0', minutes = '0'] = match.slice(7);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal =
    // JavaScript turns 30 February into a day in March.
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    Number(hours) <= 24 &&
    Number(minutes) <= 60;
  if (!isReal) {
    return undefined;
  }
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  const milliseconds =
    date.getTime() +
    ((hour * 60 + minute) * 60 + second) * 1000 -
    (sign === '-' ? -offset : offset);
  return (
    BigInt(milliseconds) * 1_000_000n +
    BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  );
}
