import { localeOf } from './useLocale';

describe('localeOf', () => {
  it.each([
    [undefined, 'en-GB', 'en-GB'],
    ['en', 'en-GB', 'en-GB'],
    ['de', 'en-GB', 'de'],
    ['ja', 'ja', 'ja'],
    // As Chromium has it where the system's locale is POSIX.
    ['en', 'en-US@posix', 'en'],
    [undefined, 'en-US@posix', undefined],
  ])('of %s in a browser of %s is %s', (language, browser, expected) => {
    expect(localeOf(language, browser)).toBe(expected);
  });
});
