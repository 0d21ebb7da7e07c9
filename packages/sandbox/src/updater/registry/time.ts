const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Nanoseconds since the epoch of a time in RFC 3339; builds can be that close.
 *
 * @throws Error for anything else
 */
export function nanosecondsOf(text: string): bigint {
  const match = RFC_3339.exec(text);
  const milliseconds = match
    ? Date.parse(`${match[1]}${match[3]}`)
    : Number.NaN;
  if (!match || Number.isNaN(milliseconds)) {
    throw new Error(
      `parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "${text}" as "2006"`,
    );
  }
  return (
    BigInt(milliseconds) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'))
  );
}
