/** Argo CD and Git give whole seconds, rounded down. */
const RESOLUTION_MS = 1000;

/**
 * Whether `a` is later than `b`, where `b` was rounded down to the second.
 *
 * @internal
 */
export function isClearlyAfter(a: string, b: string): boolean {
  return Date.parse(a) >= Date.parse(b) + RESOLUTION_MS;
}

/**
 * Whether `a` is not before `b`, as times.
 *
 * @internal
 */
export function isAtOrAfter(a: string, b: string): boolean {
  return Date.parse(a) >= Date.parse(b);
}

/**
 * The end of the second that a rounded time represents. Text that isn't a time
 * is returned unchanged.
 *
 * @internal
 */
export function endOfSecond(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : new Date(time + RESOLUTION_MS).toISOString();
}
