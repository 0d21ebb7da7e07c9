import { trendOf } from './trend';

const MORE = { better: 'more' } as const;
const LESS = { better: 'less' } as const;
const RATE = { better: 'less', isRatio: true } as const;

describe('trendOf', () => {
  it.each([
    [12, 10, MORE, { direction: 'up', change: 0.2, isBetter: true }],
    [8, 10, MORE, { direction: 'down', change: 0.2, isBetter: false }],
    [30, 60, LESS, { direction: 'down', change: 0.5, isBetter: true }],
    [90, 60, LESS, { direction: 'up', change: 0.5, isBetter: false }],
    [10, 10, MORE, { direction: 'same', change: 0 }],
    [1001, 1000, MORE, { direction: 'same', change: 0 }],
    [0, 0, MORE, { direction: 'same', change: 0 }],
    [5, 0, MORE, undefined],
    [0.25, 0, RATE, { direction: 'up', change: 0.25, isBetter: false }],
    [0, 0.25, RATE, { direction: 'down', change: 0.25, isBetter: true }],
    [undefined, 1, MORE, undefined],
    [1, undefined, MORE, undefined],
  ])('from %p (before: %p), %j is %j', (current, previous, options, trend) => {
    expect(trendOf(current, previous, options)).toEqual(trend);
  });
});
