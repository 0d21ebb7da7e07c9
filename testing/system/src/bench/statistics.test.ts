import fc from 'fast-check';
import { percentile, spreadOf } from './statistics';

describe('percentile', () => {
  it('is a value that the given share of the values does not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(spreadOf(hundred)).toEqual({
      count: 100,
      p50: 50,
      p95: 95,
      p99: 99,
      max: 100,
    });
    expect(percentile([7], 0.95)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow('nothing');
  });

  it('holds for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (values, part) => {
          const found = percentile(values, part);
          const notAbove = values.filter(value => value <= found).length;
          const below = values.filter(value => value < found).length;
          expect(values).toContain(found);
          expect(notAbove).toBeGreaterThanOrEqual(part * values.length - 1e-9);
          expect(below).toBeLessThan(part * values.length + 1e-9);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
