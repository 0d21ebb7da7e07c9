import {
  bucketsOfComparison,
  bucketsOfPeriod,
  daysOfBuckets,
  daysOfPeriod,
  isDay,
  lastDays,
} from './period';

const DAY_MS = 86_400_000;

describe('the buckets of a period', () => {
  it('are its days, the last one included', () => {
    const buckets = bucketsOfPeriod({
      from: '2026-02-27',
      to: '2026-03-01',
      interval: 'day',
    });
    expect(buckets).toEqual({
      startMs: Date.parse('2026-02-27T00:00:00Z'),
      endMs: Date.parse('2026-03-02T00:00:00Z'),
      stepMs: DAY_MS,
    });
    expect(daysOfBuckets(buckets)).toEqual([
      { from: '2026-02-27', to: '2026-02-27' },
      { from: '2026-02-28', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-01' },
    ]);
  });

  it('are weeks from its first day, the last one shorter', () => {
    expect(
      daysOfBuckets(
        bucketsOfPeriod({
          from: '2026-11-01',
          to: '2026-11-16',
          interval: 'week',
        }),
      ),
    ).toEqual([
      { from: '2026-11-01', to: '2026-11-07' },
      { from: '2026-11-08', to: '2026-11-14' },
      { from: '2026-11-15', to: '2026-11-16' },
    ]);
  });

  it('are compared with as many days before', () => {
    expect(
      daysOfBuckets(
        bucketsOfComparison({ from: '2026-11-08', to: '2026-11-14' }),
      ),
    ).toEqual([
      { from: '2026-11-01', to: '2026-11-07' },
      { from: '2026-11-08', to: '2026-11-14' },
    ]);
  });

  it('can be the last days until today', () => {
    expect(lastDays(28, new Date('2026-11-30T23:59:59Z'))).toEqual({
      from: '2026-11-03',
      to: '2026-11-30',
    });
  });
});

describe('a day of the calendar', () => {
  it.each([
    ['2026-11-30', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['20261101', false],
    ['2026-11-30T00:00:00Z', false],
    ['today', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});

describe('the days of a period', () => {
  it.each([
    ['2026-11-30', '2026-11-30', 1],
    ['2026-02-27', '2026-03-01', 3],
    ['2026-11-30', '2026-11-29', 0],
    ['2026-11-30', '2026-11-01', -28],
  ])('from %s to %s are %i', (from, to, days) => {
    expect(daysOfPeriod({ from, to })).toBe(days);
  });
});
