/** If the host doesn't state how long to wait. */
const DEFAULT_PAUSE_MS = 60_000;
/** A host's clock may be wrong; after this, asking again does no harm. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * When the next request may be sent, in milliseconds since 1970. Undefined if
 * the answer sets no limit.
 *
 * Read are `Retry-After`, and the remaining requests and the time of their reset
 * in seconds since 1970: `X-RateLimit-*` of GitHub
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api)
 * and Forgejo, `RateLimit-*` of GitLab
 * (https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/).
 *
 * @internal
 */
export function nextRequestAt(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  now: number,
): number | undefined {
  const retryAfter = retryAfterAt(headers.get('retry-after'), now);
  const isSpent = read(headers, 'remaining') === 0;
  const reset = read(headers, 'reset');
  const resetAt = isSpent && reset ? reset * 1000 : undefined;
  const isRefused = status === 429 || (status === 403 && isSpent);
  const isPaused = retryAfter !== undefined && status >= 400;
  if (!isSpent && !isRefused && !isPaused) {
    return undefined;
  }
  const at = (isPaused ? retryAfter : undefined) ?? resetAt;
  return Math.min(at ?? now + DEFAULT_PAUSE_MS, now + LONGEST_PAUSE_MS);
}

function read(headers: Headers, name: string): number | undefined {
  const text =
    headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  const value = Number(text);
  return text && Number.isFinite(value) ? value : undefined;
}

/** A number of seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterAt(text: string | null, now: number): number | undefined {
  if (!text) {
    return undefined;
  }
  const seconds = Number(text);
  const at = Number.isFinite(seconds) ? now + seconds * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
