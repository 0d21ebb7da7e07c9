import fc from 'fast-check';
import { HttpError } from '../http/messages';
import { viewerOf } from './context';
import {
  checkOwnerName,
  checkRepositoryName,
  isRefName,
  parseRepositoryPath,
} from './names';

const RUNS = { numRuns: 3000 };

describe('names', () => {
  it.each(['api', 'a', 'API.v2', '-x', '_x', 'a..b', 'x.', '.github'])(
    'repository %s may be',
    name => expect(() => checkRepositoryName(name)).not.toThrow(),
  );
  it.each([
    '',
    '.',
    '..',
    '-',
    'a/b',
    'a b',
    'x.git',
    'x.GIT',
    'x.wiki',
    'ä',
    'a\n',
    'a'.repeat(101),
  ])('repository %j may not be', name =>
    expect(() => checkRepositoryName(name)).toThrow(HttpError),
  );
  it.each(['shop', 'a-b', 'a.b_c', '42'])('owner %s may be', name =>
    expect(() => checkOwnerName(name)).not.toThrow(),
  );
  it.each([
    '',
    '.',
    '..',
    '-a',
    'a-',
    '_sandbox',
    'a--b',
    'a/b',
    'api',
    'API',
    'user',
  ])('owner %j may not be', name =>
    expect(() => checkOwnerName(name)).toThrow(HttpError),
  );

  it.each(['main', 'feature/x', 'v1.0.0', 'a-b_c', 'ü', 'a@b'])(
    'branch %j may be',
    name => expect(isRefName(name)).toBe(true),
  );
  it.each(
    ['', '-x', '--all', 'a b', 'a..b', 'a~1', 'a^', 'a:b', 'a@{b'].concat([
      'a?',
      'a*',
      'a[',
      'a\\b',
      'a\tb',
      'a\nb',
      'a\x7fb',
      '@{u}',
    ]),
  )('branch %j could be an option or an expression', name =>
    expect(isRefName(name)).toBe(false),
  );

  it('lets no path leave the repository', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('..', '.', '/', 'a'), fc.string())),
        parts => {
          const segments = segmentsOf(parts.join('/'));
          for (const segment of segments) {
            expect(segment).not.toMatch(/^\.{0,2}$|\/|\n|\0/);
          }
        },
      ),
      RUNS,
    );
  });
});

/** The segments of a path, or none if it is rejected. */
function segmentsOf(path: string): string[] {
  try {
    return parseRepositoryPath(path);
  } catch (error) {
    if (error instanceof HttpError) {
      return [];
    }
    throw error;
  }
}

describe('accounts', () => {
  const users = [
    { username: 'ada', password: 'p:w' },
    { username: 'bob', password: '' },
  ];
  const viewer = (authorization?: string) =>
    viewerOf({ users }, { headers: { authorization } });
  const basic = (pair: string) =>
    `basic ${Buffer.from(pair).toString('base64')}`;

  it.each([[basic('ada:p:w'), 'ada']])('%s is %s', (header, username) => {
    expect(viewer(header)?.username).toBe(username);
  });
  it('nobody is nobody', () => {
    expect(viewer(undefined)).toBeUndefined();
  });
  it.each([
    basic('ada:'),
    basic('ada:p'),
    basic('bob:'),
    basic(':'),
    basic(''),
    'Bearer',
    'Bearer ',
    'token',
    'Basic',
    'Basic %%%',
    't',
    'Bearer tt',
  ])('%j is refused', header => {
    expect(() => viewer(header)).toThrow(HttpError);
  });
  it('never takes a header that does not hold a secret', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Basic ', 'Bearer ', ''),
        fc.string({ minLength: 1 }),
        fc.boolean(),
        (scheme, text, encode) => {
          // Plain text may happen to decode as base64.
          const readings = [text, Buffer.from(text, 'base64').toString()];
          fc.pre(readings.every(reading => !reading.includes('p:w')));
          const value = encode ? Buffer.from(text).toString('base64') : text;
          expect(() => viewer(`${scheme}${value}`)).toThrow(HttpError);
        },
      ),
      RUNS,
    );
  });
});
