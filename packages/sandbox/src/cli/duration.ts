import { Failure } from './Failure';

const MAX_SECONDS = 3600;

/**
 * Seconds of a duration such as `30s`, `2m` or `1m30s`. A bare number is in
 * seconds; callers use 0 to end something.
 *
 * @throws Failure for anything else
 */
export function parseDuration(text: string): number {
  const match = /^(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim());
  const seconds = Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0);
  if (!match || text.trim() === '' || seconds > MAX_SECONDS) {
    throw new Failure(
      `"${text}" is no duration: write it like 30s, 2m or 1m30s, at most ${
        MAX_SECONDS / 60
      }m.`,
    );
  }
  return seconds;
}
