import fc from 'fast-check';
import { sameJson } from './sameJson';

describe('sameJson', () => {
  it.each([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [null, {}, false],
    [{ a: null }, {}, false],
    ['1', 1, false],
    [{}, { constructor: 'tag' }, false],
    [{ constructor: 'tag' }, {}, false],
    [{ toString: undefined }, {}, true],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(sameJson(a, b)).toBe(expected);
    expect(sameJson(b, a)).toBe(expected);
  });

  it('holds for exactly those values that are stored as the same JSON', () => {
    const ordered = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_, item) =>
        item && typeof item === 'object' && !Array.isArray(item)
          ? Object.fromEntries(Object.entries(item).sort())
          : item,
      );
    const small = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(sameJson(a, JSON.parse(JSON.stringify(a)))).toBe(true);
        expect(sameJson(a, b)).toBe(
          JSON.stringify(ordered(a)) === JSON.stringify(ordered(b)),
        );
      }),
    );
  });
});
