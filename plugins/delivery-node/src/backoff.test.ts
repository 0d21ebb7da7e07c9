import { backoff } from './backoff';

describe('backoff', () => {
  const limits = { firstMs: 100, maxMs: 1000 };

  it.each([
    [0, 50, 100],
    [1, 50, 100],
    [2, 100, 200],
    [3, 200, 400],
    [4, 400, 800],
    [5, 500, 1000],
    [2000, 500, 1000],
  ])('after %i failures, waits from %i to %i ms', (failures, least, most) => {
    expect(backoff(failures, { ...limits, random: () => 0 })).toBe(least);
    expect(backoff(failures, { ...limits, random: () => 1 })).toBe(most);
  });

  it('has no limit by default', () => {
    expect(backoff(11, { firstMs: 1, random: () => 1 })).toBe(1024);
  });

  it('is random by default', () => {
    const pauses = new Set(
      Array.from({ length: 20 }, () => backoff(1, limits)),
    );
    expect(pauses.size).toBeGreaterThan(1);
  });
});
