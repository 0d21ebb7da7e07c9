import { fullImageReference, parseContainerImage } from './image';

const E = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

describe('references', () => {
  // Determined with the updater's own parser.
  it.each([
    ['a=b=reg.io/x:~1', '', 'x', '~1'],
    ['app=reg.io/x:>=1=2', 'reg.io', 'x', '>=1=2'],
    ['app=docker.io//x:>1', 'docker.io', '/x', '>1'],
    ['a_b.c/shop/api:1.2', '', 'a_b.c/shop/api', '1.2'],
    ['a_b.c/shop/api:~1.2', 'a_b.c', 'shop/api', '~1.2'],
    ['localhost:5000/x:1', 'localhost:5000', 'x', '1'],
    ['localhost:5000/x:~1', '', 'localhost', '5000/x:~1'],
    ['[::1]:5000/x:1', '[::1]:5000', 'x', '1'],
    ['index.docker.io/x', '', 'x', undefined],
    ['Reg/x:1', 'Reg', 'x', '1'],
  ])('%s', (text, registry, name, tag) => {
    const image = parseContainerImage(text);
    expect([image.registry, image.name, image.tag?.name]).toEqual([
      registry,
      name,
      tag,
    ]);
  });

  it('are read in linear time, be they ever so wrong', () => {
    const name = 'a'.repeat(5000);
    expect(
      fullImageReference(
        parseContainerImage(`123456789012.dkr.ecr.aws.com/${name}:~1`),
      ),
    ).toBe(`123456789012.dkr.ecr.aws.com/${name}:~1`);
  });

  // A constraint that is no tag is read by other rules, with the same result.
  it.each([
    [`${E}/ghcr.io/shop/api:1.0.0`, E, 'ghcr.io/shop/api'],
    [`${E}/ghcr.io/shop/api:~1.0`, E, 'ghcr.io/shop/api'],
    [`${E}/docker.io/nginx:1.0.0`, E, 'docker.io/nginx'],
    ['docker.io/ghcr.io/x:1.0.0', 'docker.io', 'ghcr.io/x'],
    ['docker.io/ghcr.io/x:~1', 'docker.io', 'ghcr.io/x'],
  ])(
    'a repository whose name begins with a domain: %s',
    (text, registry, name) => {
      const image = parseContainerImage(text);
      expect([image.registry, image.name]).toEqual([registry, name]);
      expect(fullImageReference(image)).toBe(text);
    },
  );

  // The updater takes the domain for a registry that is already there.
  it.each([
    [`${E}/${E}/api:1.0.0`, `${E}/api:1.0.0`],
    [`${E}/${E}/api:~1.0`, `${E}/api:~1.0`],
  ])(
    'a repository whose name begins with the domain of its registry: %s is written as %s',
    (text, written) => {
      const image = parseContainerImage(text);
      expect([image.registry, image.name]).toEqual([E, `${E}/api`]);
      expect(fullImageReference(image)).toBe(written);
    },
  );
});
