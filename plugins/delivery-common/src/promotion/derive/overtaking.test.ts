import fc from 'fast-check';
import { findOvertaking } from './overtaking';

interface Item {
  at: string;
  order: number;
}
const isAfter = (a: Item, b: Item) => a.order > b.order;

describe('findOvertaking', () => {
  const items = (...orders: number[]): Item[] =>
    orders.map((order, index) => ({
      at: String.fromCharCode(97 + index),
      order,
    }));

  it('is the fifth push of a newer version', () => {
    const all = items(0, 5, 1, 2, 4, 3, 6);
    expect(findOvertaking(all, isAfter)(all[0])).toBe(all[5]);
  });

  it.each([
    ['there are only four', items(0, 1, 2, 3, 4)],
    ['the others are equal', items(0, 0, 0, 0, 0, 0, 0)],
    ['the others are older', items(9, 1, 2, 3, 4, 5, 6)],
  ])('is none if %s', (_, all) => {
    expect(findOvertaking(all, isAfter)(all[0])).toBe(undefined);
  });

  it('counts newer versions whenever they were pushed', () => {
    const all = items(5, 6, 7, 8, 0, 9, 1);
    expect(findOvertaking(all, isAfter)(all[4])).toBe(all[5]);
  });

  it('is what counting one by one gives', () => {
    const list = fc.array(fc.nat({ max: 9 }), { maxLength: 20 });
    fc.assert(
      fc.property(list, orders => {
        const all = items(...orders);
        const find = findOvertaking(all, isAfter);
        for (const item of all) {
          const newer = all.filter(other => isAfter(other, item));
          expect(find(item)).toBe(newer[4]);
        }
      }),
    );
  });
});
