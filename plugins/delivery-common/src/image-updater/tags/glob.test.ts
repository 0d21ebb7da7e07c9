import { globFails, parseGlob } from './glob';

describe('a malformed pattern', () => {
  it.each([
    ['[', true],
    ['[]a]', true],
    ['[a-]', true],
    ['[-]', true],
    ['a\\', true],
    ['*[', true],
    ['v*[', true],
    // Not read, since what is before the star doesn't match.
    ['team-*[', false],
    ['v*x*[', false],
    ['v[*]x*[', false],
    ['va*d*[a', true],
  ])('%s is reported for "validation": %s', (pattern, fails) => {
    expect(parseGlob(pattern)).toBeUndefined();
    expect(globFails(pattern, 'validation')).toBe(fails);
  });

  it.each(['*', '[a-z]*', 'v\\*', '[*]', ''])('%s is none', pattern => {
    expect(parseGlob(pattern)).toBeDefined();
    expect(globFails(pattern, 'validation')).toBe(false);
  });
});
