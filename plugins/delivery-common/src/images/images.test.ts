import fc from 'fast-check';
import {
  displayVersion,
  parseImageReference,
  parseVersion,
  repositoryPath,
  sameReference,
  sameVersion,
} from '.';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('parseImageReference', () => {
  it.each([
    [`${ECR}/shop/api:1.4.2`, { repository: `${ECR}/shop/api`, tag: '1.4.2' }],
    [`${ECR}/shop/api@${A}`, { repository: `${ECR}/shop/api`, digest: A }],
    [
      `${ECR}/shop/api:latest@${A}`,
      { repository: `${ECR}/shop/api`, tag: 'latest', digest: A },
    ],
    [`${ECR}/shop/api`, { repository: `${ECR}/shop/api` }],
    [
      '127.0.0.1:3301/shop/api:1.0.0',
      { repository: '127.0.0.1:3301/shop/api', tag: '1.0.0' },
    ],
    ['localhost:5000/x', { repository: 'localhost:5000/x' }],
    ['[::1]:5000/x:1', { repository: '[::1]:5000/x', tag: '1' }],
    // An upper-case letter marks a host, because repositories have none.
    ['Registry/x:1', { repository: 'Registry/x', tag: '1' }],
    ['localhost/x:1', { repository: 'localhost/x', tag: '1' }],
    ['nginx', { repository: 'docker.io/library/nginx' }],
    ['bitnami/redis:7', { repository: 'docker.io/bitnami/redis', tag: '7' }],
    ['docker.io/nginx:1', { repository: 'docker.io/library/nginx', tag: '1' }],
    [
      'ghcr.io/org/app_x/y-z:v1+2'.replace('+', '-'),
      { repository: 'ghcr.io/org/app_x/y-z', tag: 'v1-2' },
    ],
  ])('splits %s', (text, expected) => {
    expect(parseImageReference(text)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    'a b',
    'Shop/Api:1',
    'a_b.c/x',
    'x@sha256:short',
    `x@${A.toUpperCase()}`,
    `x@sha256:${'A'.repeat(64)}`,
    'x:',
    '/x',
    'x//y',
    'a'.repeat(64),
  ])('finds no image in %j', text => {
    expect(parseImageReference(text)).toBeUndefined();
  });

  it('never throws on what is no reference', () => {
    for (const text of [
      `h.io/${'a'.repeat(400)}-`,
      `h.io/${'a-'.repeat(200)}`,
      `${'a.'.repeat(200)}/!`,
      'a'.repeat(100_000),
    ]) {
      expect(parseImageReference(text)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), text => {
        parseImageReference(text);
        parseImageReference(`${ECR}/${text}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('versions', () => {
  it.each([
    [{ tag: '1' }, { tag: '1' }, true, true],
    [{ tag: '1' }, { tag: '2' }, false, false],
    [{ tag: 'latest', digest: A }, { tag: 'latest', digest: B }, false, false],
    [{ tag: '1', digest: A }, { digest: A }, true, true],
    // Pinned or not, it is the same version, but the references differ.
    [{ tag: '1', digest: A }, { tag: '1' }, true, false],
    [{ digest: A }, { tag: '1' }, false, false],
    [{}, {}, false, true],
  ])(
    '%j and %j: same version %s, same reference %s',
    (a, b, version, reference) => {
      expect(sameVersion(a, b)).toBe(version);
      expect(sameReference(a, b)).toBe(reference);
      expect(sameVersion(b, a)).toBe(version);
      expect(sameReference(b, a)).toBe(reference);
    },
  );

  it.each([
    [{ tag: '1.4.2' }, '1.4.2'],
    [{ tag: '1.4.2', digest: A }, '1.4.2'],
    [{ tag: 'latest', digest: A }, 'latest@sha256:aaaaaaa'],
    [{ tag: 'latest' }, 'latest'],
    [{ digest: A }, 'sha256:aaaaaaa'],
    [{}, 'unknown'],
  ])('shows %j as %s', (version, expected) => {
    expect(displayVersion(version)).toBe(expected);
  });

  it.each([
    ['1.4.2', { tag: '1.4.2' }],
    [A, { digest: A }],
    [`latest@${A}`, { tag: 'latest', digest: A }],
    ['', undefined],
    ['not a tag', undefined],
    ['t'.repeat(129), undefined],
    [`1.0.0@${'a'.repeat(100)}`, undefined],
    [`sha256:${'a'.repeat(1000)}`, undefined],
  ])('reads %j', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it('gives the path of a repository', () => {
    expect(repositoryPath(`${ECR}/shop/api`)).toBe('shop/api');
  });
});
