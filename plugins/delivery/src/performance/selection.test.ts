import { parseSelection, periodOf, problemOfDates } from './selection';

describe('the selection in the URL', () => {
  it.each([
    [{}, { days: 28, interval: 'day' }],
    [{ period: '91' }, { days: 91, interval: 'week' }],
    [
      { period: '91', interval: 'day' },
      { days: 91, interval: 'day' },
    ],
    [
      { period: '7', interval: 'week' },
      { days: 7, interval: 'week' },
    ],
    [
      { period: '99999999', interval: 'century', environment: '' },
      { days: 28, interval: 'day' },
    ],
    [
      { environment: 'prod' },
      { days: 28, interval: 'day', environment: 'prod' },
    ],
    [
      { from: '2026-11-02', to: '2026-11-15' },
      {
        days: 14,
        dates: { from: '2026-11-02', to: '2026-11-15' },
        interval: 'day',
      },
    ],
    [
      { period: '7', from: '2026-09-01', to: '2026-11-30' },
      {
        days: 91,
        dates: { from: '2026-09-01', to: '2026-11-30' },
        interval: 'week',
      },
    ],
    [
      { period: '7', from: '2026-11-02' },
      { days: 7, interval: 'day' },
    ],
    [
      { from: '2026-02-30', to: '2026-03-02' },
      { days: 28, interval: 'day' },
    ],
    [
      { from: '2026-11-15', to: '2026-11-02' },
      { days: 28, interval: 'day' },
    ],
  ])('%j means %j', (params, selection) => {
    expect(parseSelection(params)).toEqual(selection);
  });

  it('ends today', () => {
    expect(
      periodOf({ days: 7, interval: 'day' }, new Date('2026-11-30T10:00:00Z')),
    ).toEqual({ from: '2026-11-24', to: '2026-11-30', interval: 'day' });
  });

  it('ends on the selected date', () => {
    expect(
      periodOf(
        {
          days: 2,
          dates: { from: '2026-11-02', to: '2026-11-03' },
          interval: 'day',
        },
        new Date('2026-11-30T10:00:00Z'),
      ),
    ).toEqual({ from: '2026-11-02', to: '2026-11-03', interval: 'day' });
  });
});

describe('two dates', () => {
  it.each([
    ['2026-11-02', '2026-11-02', undefined],
    ['2025-11-02', '2026-11-02', undefined],
    ['2025-11-02', '2026-11-03', 'too-long'],
    ['2026-11-02', '2026-11-01', 'reversed'],
    ['', '2026-11-01', 'incomplete'],
    ['2026-11-02', '2026-11-31', 'incomplete'],
  ])('%s to %s: %s', (from, to, problem) => {
    expect(problemOfDates({ from, to })).toBe(problem);
  });
});
