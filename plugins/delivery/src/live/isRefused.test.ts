import { ResponseError } from '@backstage/errors';
import { isRefused } from './isRefused';

async function errorOf(status: number) {
  return ResponseError.fromResponse(new Response('{}', { status }));
}

describe('isRefused', () => {
  it.each([
    [400, true],
    [401, false],
    [403, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('judges the status %d', async (status, expected) => {
    expect(isRefused(await errorOf(status))).toBe(expected);
  });

  it('counts an error without a status as temporary', () => {
    expect(isRefused(new Error('Failed to fetch'))).toBe(false);
    expect(isRefused(undefined)).toBe(false);
  });
});
