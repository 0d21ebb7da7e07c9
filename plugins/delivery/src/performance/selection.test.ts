import { parseSelection, periodOf } from './selection';

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
  ])('%j means %j', (params, selection) => {
    expect(parseSelection(params)).toEqual(selection);
  });

  it('ends today', () => {
    expect(
      periodOf({ days: 7, interval: 'day' }, new Date('2026-11-30T10:00:00Z')),
    ).toEqual({ from: '2026-11-24', to: '2026-11-30', interval: 'day' });
  });
});
