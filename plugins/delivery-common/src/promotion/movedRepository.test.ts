import { isMovedRepository } from './movedRepository';

describe('isMovedRepository', () => {
  it.each([
    ['a.example.com/shop/api', 'b.example.com/shop/api', true],
    ['a.example.com/shop/api', 'b.example.com/mirror/shop/api', true],
    ['a.example.com/shop/api', 'a.example.com/shop/api', false],
    ['a.example.com/shop/api', 'a.example.com/shop/web', false],
    ['a.example.com/shop/api', 'a.example.com/api/shop', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isMovedRepository(a, b)).toBe(expected);
    expect(isMovedRepository(b, a)).toBe(expected);
  });
});
