/**
 * One spelling for every time in the database, so that times sort as text:
 * ISO 8601 in UTC with milliseconds.
 *
 * @internal
 */
export function sortableTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}

/** @internal */
export function isoNow(): string {
  return new Date().toISOString();
}

/** @internal */
export function isoIn(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}
