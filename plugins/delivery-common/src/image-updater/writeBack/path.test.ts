import { baseName } from './path';

describe('baseName', () => {
  it.each([
    ['', '.'],
    ['/', '/'],
    ['///', '/'],
    ['a', 'a'],
    ['/a', 'a'],
    ['a/b.yaml', 'b.yaml'],
    ['a/b//', 'b'],
  ])('of %j is %j', (path, expected) => {
    expect(baseName(path)).toBe(expected);
  });

  // A regular expression for trailing slashes would start again at each of
  // these.
  it('reads each slash of a long path once', () => {
    expect(baseName(`${'/'.repeat(1_000_000)}a`)).toBe('a');
  });
});
