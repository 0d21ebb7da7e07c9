import {
  bucketsOfComparison,
  bucketsOfPeriod,
  daysOfBuckets,
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
