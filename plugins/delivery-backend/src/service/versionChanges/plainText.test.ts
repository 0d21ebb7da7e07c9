import { plain } from './plainText';

describe('plain', () => {
  it.each([
    ['Two\n lines', 'Two lines'],
    ['Closes #1 @all', 'Closes \\#1 \\@all'],
    ['<img src=x> [a](b) `c`', '\\<img src=x\\> \\[a\\](b) \\`c\\`'],
    [
      'fixes https://git.example.com/shop/api/issues/1',
      'fixes https:\\/\\/git.example.com/shop/api/issues/1',
    ],
    ['  /merge', '\\/merge'],
    ['and/or', 'and/or'],
  ])('makes %j harmless', (text, harmless) => {
    expect(plain(text)).toBe(harmless);
  });
});
