import {
  type EditCase,
  editTwice,
  REPOSITORY,
  TAG_KEY,
  VALUES,
} from './__testUtils__/edits';

describe('setVersion of texts and paths', () => {
  it.each<EditCase>([
    // Tags that YAML reads as something else.
    [
      'a number in a plain place',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\n',
      '"6063e25"',
      '6063e25',
    ],
    ['a plain number before', TAG_KEY, 'image:\n  tag: «6063e25»\n', '1.4.3'],
    ['1.10', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"1.10"', '1.10'],
    ['hexadecimal', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"0x1f"', '0x1f'],
    ['octal', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"0o17"', '0o17'],
    ['digits', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"20261130"', '20261130'],
    [
      'a date',
      TAG_KEY,
      'image:\n  tag: «1.9.0»\n',
      '"2026-11-30"',
      '2026-11-30',
    ],
    ['underscores', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"1_000"', '1_000'],
    ['on', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"on"', 'on'],
    ['yes', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"yes"', 'yes'],
    ['y', TAG_KEY, 'image: {tag: «1.9.0»}\n', '"y"', 'y'],
    ['null as a tag', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"null"', 'null'],
    [
      'a number in quotes',
      TAG_KEY,
      "image:\n  tag: «'1.9'»\n",
      "'1.10'",
      '1.10',
    ],
    ['a commit', TAG_KEY, 'image:\n  tag: «1.9.0»\n', 'a63e25f', 'a63e25f'],
    // Other paths.
    [
      'an entry of a list',
      { ...VALUES, keys: { tag: 'list[1].tag' } },
      'list:\n- tag: a\n- tag: «b»\n',
      '1.4.3',
    ],
    [
      'an entry of a flow list',
      { ...VALUES, keys: { tag: 'list[0]' } },
      'list: [«a», b]\n',
      '1.4.3',
    ],
    [
      'an entry of a quoted flow list',
      { ...VALUES, keys: { tag: 'list[1]' } },
      'list: ["a", «"b"»]\n',
      '"1.4.3"',
    ],
    [
      'an escaped dot',
      { ...VALUES, keys: { tag: 'images.my\\.app.tag' } },
      'images:\n  my.app:\n    tag: «a»\n',
      '1.4.3',
    ],
    [
      'a dot that is not escaped',
      { ...VALUES, keys: { tag: 'images.my.app.tag' } },
      'images:\n  my.app:\n    tag: «a»\n',
      '1.4.3',
    ],
    [
      'a whole reference',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «${REPOSITORY}:1.4.2»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'a reference without a tag',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «${REPOSITORY}»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'a quoted reference',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «"${REPOSITORY}:1.4.2"»\n`,
      `"${REPOSITORY}:1.4.3"`,
    ],
    // Helm values by repository.
    [
      'repository and tag',
      VALUES,
      `db:\n  tag: 1.4.2\nimage:\n  repository: ${REPOSITORY}\n  tag: «1.4.2»\n`,
      '1.4.3',
    ],
    [
      'registry, repository and tag',
      VALUES,
      'image:\n  registry: registry.example.com\n  repository: shop/api\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a repository without registry',
      VALUES,
      'image:\n  repository: shop/api\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a reference in a list',
      VALUES,
      `containers:\n- image: other:1.4.2\n- image: «${REPOSITORY}:1.4.2»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'a registry with a port',
      { ...VALUES, repository: '127.0.0.1:5000/shop/api' },
      'image:\n  repository: "127.0.0.1:5000/shop/api"\n  tag: «"1.4.2"»\n',
      '"1.4.3"',
    ],
    [
      'an empty digest beside',
      VALUES,
      `image:\n  repository: ${REPOSITORY}\n  tag: «1.4.2»\n  digest: ""\n`,
      '1.4.3',
    ],
  ])('changes nothing but the value: %s', (_, ...rest) => {
    const { actual, expected } = editTwice(...rest);
    expect(actual).toEqual(expected);
  });
});
