import fc from 'fast-check';
import { percentile } from './percentile';

describe('percentile', () => {
  it.each([
    [[], 50, undefined],
    [[7], 50, 7],
    [[7], 90, 7],
    [[10, 20], 50, 10],
    [[10, 20], 90, 20],
    [[30, 10, 20], 50, 20],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 50, 5],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90, 10],
    [[0, 0, 0, 100], 50, 0],
  ])('of %j at %d %% is %p', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it('is one of the values, and grows with the share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), values => {
        const [p50, p90] = [50, 90].map(each => percentile(values, each) ?? -1);
        expect(values).toContain(p50);
        expect(values).toContain(p90);
        expect(p50).toBeLessThanOrEqual(p90);
        const within = values.filter(value => value <= p90).length;
        expect(within / values.length).toBeGreaterThanOrEqual(0.9);
      }),
    );
  });
});
