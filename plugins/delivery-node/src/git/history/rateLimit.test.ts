import { nextRequestAt } from './rateLimit';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const SECONDS = NOW / 1000;

describe('nextRequestAt', () => {
  it.each<[string, number, Record<string, string>, number | undefined]>([
    ['no limit', 200, {}, undefined],
    ['requests left', 200, { 'x-ratelimit-remaining': '9' }, undefined],
    [
      'the last request',
      200,
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(SECONDS + 30),
      },
      30,
    ],
    [
      'GitLab’s names',
      429,
      { 'ratelimit-remaining': '0', 'ratelimit-reset': String(SECONDS + 30) },
      30,
    ],
    ['seconds', 429, { 'retry-after': '7' }, 7],
    ['a date', 503, { 'retry-after': 'Thu, 01 Jan 2026 12:00:07 GMT' }, 7],
    ['GitHub’s secondary limit', 403, { 'retry-after': '60' }, 60],
    ['no time', 429, {}, 60],
    ['nonsense', 429, { 'retry-after': 'soon' }, 60],
    ['a wrong clock', 429, { 'retry-after': '9999999' }, 3600],
    ['missing rights', 403, { 'x-ratelimit-remaining': '9' }, undefined],
  ])('%s', (_, status, headers, seconds) => {
    expect(nextRequestAt({ status, headers: new Headers(headers) }, NOW)).toBe(
      seconds === undefined ? undefined : NOW + seconds * 1000,
    );
  });
});
