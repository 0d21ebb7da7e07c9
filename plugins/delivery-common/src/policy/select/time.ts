const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Nanoseconds since the epoch of a time in RFC 3339, as precise as Go reads it:
 * builds can be that close. Undefined for anything else.
 *
 * @public
 */
export function nanosecondsOf(text: string): bigint | undefined {
  const match = RFC_3339.exec(text);
  const milliseconds = match
    ? Date.parse(`${match[1]}${match[3]}`)
    : Number.NaN;
  return match && !Number.isNaN(milliseconds)
    ? BigInt(milliseconds) * 1_000_000n +
        BigInt((match[2] ?? '').slice(0, 9).padEnd(9, '0'))
    : undefined;
}
