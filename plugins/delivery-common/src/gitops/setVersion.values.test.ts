import { type EditCase, editTwice, TAG_KEY } from './__testUtils__/edits';

describe('setVersion in Helm values', () => {
  it.each<EditCase>([
    // Helm values by key.
    ['a nested key', TAG_KEY, 'image:\n  tag: «1.4.2»\n', '1.4.3'],
    ['no line end', TAG_KEY, 'image:\n  tag: «1.4.2»', '1.4.3'],
    ['a comment behind', TAG_KEY, 'image:\n  tag: «1.4.2» # live\n', '1.4.3'],
    [
      'comments around',
      TAG_KEY,
      '# top\nimage:\n  # before\n  tag: «1.4.2»\n  # after\n\n# end\n',
      '1.4.3',
    ],
    ['double quotes', TAG_KEY, 'image:\n  tag: «"1.4.2"»\n', '"1.4.3"'],
    ['single quotes', TAG_KEY, "image:\n  tag: «'1.4.2'»\n", "'1.4.3'"],
    ['a flow mapping', TAG_KEY, 'image: {tag: «1.4.2», a: b}\n', '1.4.3'],
    ['JSON', TAG_KEY, '{"image": {"tag": «"1.4.2"»}}\n', '"1.4.3"'],
    ['JSON of null', TAG_KEY, '{"image": {"tag": «null»}}\n', '"1.4.3"'],
    ['JSON of a number', TAG_KEY, '{"image":{"tag":«5»}}', '"1.4.3"'],
    ['CRLF', TAG_KEY, 'a: b\r\nimage:\r\n  tag: «1.4.2»\r\nc: d\r\n', '1.4.3'],
    [
      'CRLF without a value',
      TAG_KEY,
      'image:\r\n  tag:«»\r\nc: d\r\n',
      ' 1.4.3',
    ],
    ['a BOM', TAG_KEY, '\uFEFFimage:\n  tag: «1.4.2»\n', '1.4.3'],
    ['mixed line ends', TAG_KEY, 'a: b\r\nimage:\n  tag: «1.4.2»\r\n', '1.4.3'],
    ['trailing spaces', TAG_KEY, 'image:   \n  tag:   «1.4.2»   \n', '1.4.3'],
    [
      'a tab before a comment',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\t# c\n',
      '1.4.3',
    ],
    ['a tab after the colon', TAG_KEY, 'image:\n  tag:\t«1.4.2»\n', '1.4.3'],
    [
      'odd indentation',
      TAG_KEY,
      'image:\n       tag: «1.4.2»\nb:\n c: d\n',
      '1.4.3',
    ],
    ['blank lines', TAG_KEY, '\n\nimage:\n\n  tag: «1.4.2»\n\n\n', '1.4.3'],
    [
      'a long line',
      TAG_KEY,
      `a: ${'x '.repeat(500)}\nimage: {tag: «1.4.2»}\n`,
      '1.4.3',
    ],
    [
      'several documents',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\n---\nimage:\n  tag: 1.4.2\n',
      '1.4.3',
    ],
    [
      'a document start',
      TAG_KEY,
      '---\nimage:\n  tag: «1.4.2»\n...\n',
      '1.4.3',
    ],
    [
      'a directive',
      TAG_KEY,
      '%YAML 1.1\n---\nimage:\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'an anchor that nobody uses',
      TAG_KEY,
      'image:\n  tag: &v «1.4.2»\n',
      '1.4.3',
    ],
    [
      'anchors elsewhere',
      TAG_KEY,
      'a: &a {x: 1}\nb: *a\nimage:\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a merge elsewhere',
      TAG_KEY,
      'a: &a {x: 1}\nimage:\n  <<: *a\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    ['an alias', TAG_KEY, 'v: &v 1.4.2\nimage:\n  tag: «*v» # c\n', '1.4.3'],
    ['a tag !!str', TAG_KEY, 'image:\n  tag: !!str «1.10»\n', '1.4.3'],
    ['an empty value', TAG_KEY, 'image:\n  tag:«»\n  a: b\n', ' 1.4.3'],
    [
      'an empty value with a comment',
      TAG_KEY,
      'image:\n  tag:«» # none\n',
      ' 1.4.3',
    ],
    ['an empty value at the end', TAG_KEY, 'image:\n  tag:«»', ' 1.4.3'],
    ['an empty value in a flow', TAG_KEY, 'image: {tag:«», a: b}\n', ' 1.4.3'],
    ['null', TAG_KEY, 'image:\n  tag: «~»\n', '1.4.3'],
    ['an empty text', TAG_KEY, 'image:\n  tag: «""»\n', '"1.4.3"'],
    [
      'a block of one line',
      TAG_KEY,
      'image:\n  tag: |-\n    «1.4.2»\n  a: b\n',
      '1.4.3',
    ],
    ['a folded block', TAG_KEY, 'image:\n  tag: >-\n    «1.4.2»\n', '1.4.3'],
    ['a quoted key', TAG_KEY, '"image":\n  \'tag\': «1.4.2»\n', '1.4.3'],
    ['a key with a dot', TAG_KEY, 'image.tag: «1.4.2»\n', '1.4.3'],
    ['an explicit key', TAG_KEY, '? image\n: tag: «1.4.2»\n', '1.4.3'],
    [
      'the same text elsewhere',
      TAG_KEY,
      'a: 1.4.2\nimage:\n  tag: «1.4.2»\nb: 1.4.2\n',
      '1.4.3',
    ],
    [
      'other scripts',
      TAG_KEY,
      'a: 出荷 🚢\nimage:\n  tag: «1.4.2» # größer\n',
      '1.4.3',
    ],
  ])('changes nothing but the value: %s', (_, ...rest) => {
    const { actual, expected } = editTwice(...rest);
    expect(actual).toEqual(expected);
  });
});
