import { withoutCredentials } from './redact';

describe('withoutCredentials', () => {
  it.each([
    [
      'you sent Authorization: Bearer ey.J-x_y',
      'you sent Authorization: Bearer ***',
    ],
    ['"authorization":"Basic cmVhZGVyOnB3"', '"authorization":"Basic ***"'],
    [
      'see https://sso.example.com/login?state=s3cret#top now',
      'see https://sso.example.com/login now',
    ],
    ['https://oauth2:token@git.example.com/x', 'https://git.example.com/x'],
    ['https://me:pa/s@s@git.example.com/x', 'https://git.example.com/x'],
    ['no healthy upstream', 'no healthy upstream'],
  ])('turns %j into %j', (text, expected) => {
    expect(withoutCredentials(text)).toBe(expected);
  });
});
