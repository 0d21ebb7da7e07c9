import { durationTicks } from './ticks';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('durationTicks', () => {
  it.each([
    [0, [0, 1000]],
    [4500, [0, 1000, 2000, 3000, 4000, 5000]],
    [7 * MINUTE, [0, 2, 4, 6, 8].map(value => value * MINUTE)],
    [300 * DAY, [0, 60, 120, 180, 240, 300].map(value => value * DAY)],
  ])('up to %d ms are %j', (longest, ticks) => {
    expect(durationTicks(longest)).toEqual(ticks);
  });

  it.each([1, 999, 59_999, 61_000, 3_600_001, DAY - 1, 13 * DAY, 5000 * DAY])(
    'cover %d ms with few marks',
    longest => {
      const ticks = durationTicks(longest);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(longest);
      expect(ticks.length).toBeLessThanOrEqual(6);
    },
  );
});
