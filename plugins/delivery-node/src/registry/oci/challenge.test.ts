import fc from 'fast-check';
import { parseChallenges } from './challenge';

const parsed = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => ({
    scheme,
    ...Object.fromEntries(parameters),
  }));

describe('parseChallenges', () => {
  it.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull,push"',
      [
        {
          scheme: 'bearer',
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/nginx:pull,push',
        },
      ],
    ],
    [
      'Basic realm="harbor", Bearer realm="https://h/token", error=invalid_token',
      [
        { scheme: 'basic', realm: 'harbor' },
        { scheme: 'bearer', realm: 'https://h/token', error: 'invalid_token' },
      ],
    ],
    [
      'BEARER  Realm = "a \\"quoted\\" one" , service=x',
      [{ scheme: 'bearer', realm: 'a "quoted" one', service: 'x' }],
    ],
    [
      'Negotiate, Basic realm=""',
      [{ scheme: 'negotiate' }, { scheme: 'basic', realm: '' }],
    ],
    ['', []],
    ['"what"', []],
  ])('%s', (header, challenges) => {
    expect(parsed(header)).toEqual(challenges);
  });

  it('terminates for any input', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('Bearer', 'realm', '=', '"', ',', ' ', '\\'),
            fc.string({ maxLength: 5 }),
          ),
        ),
        parts => {
          expect(Array.isArray(parseChallenges(parts.join('')))).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
