import { fullImageReference, parseContainerImage } from './image';

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
});
