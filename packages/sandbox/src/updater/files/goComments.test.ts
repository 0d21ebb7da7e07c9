import { parseDocument } from 'yaml';
import { layComments } from './goComments';
import { documentStart, printDocument } from './goYaml';

describe('comments', () => {
  // Worked out with go-yaml itself.
  it.each([
    [
      'comments on the line of a key',
      'a: # ca\n  x: 1\nl: # cl\n  - 1 # one\n  # two\n  - 2\nm:\n- # cm\n  k: 1\n',
      'a: # ca\n  x: 1\nl: # cl\n- 1 # one\n# two\n- 2\nm:\n- # cm\n  k: 1\n',
    ],
    [
      'blank lines between entries',
      'a: 1\n\n\nb:\n\n  c: 2\n\n# d head\nd: 3\n',
      'a: 1\nb:\n  c: 2\n# d head\nd: 3\n',
    ],
    [
      'a comment that ends an entry',
      'a: 1\n# of a\n\nb: 2\n',
      'a: 1\n# of a\n\nb: 2\n',
    ],
    [
      'comments that stand apart',
      'a: 1\n# of a\n\n# of b\nb: 2\n\n# apart\n\n# of c\nc: 3\n',
      'a: 1\n# of a\n\n# of b\nb: 2\n# apart\n\n# of c\nc: 3\n',
    ],
    [
      'a comment that ends a block',
      'a:\n  x: 1\n  # of x\n\n# of b\nb: 2\n',
      'a:\n  x: 1\n  # of x\n# of b\nb: 2\n',
    ],
    ['comments at the top', '# one\n\n# two\na: 1\n', '# one\n\n# two\na: 1\n'],
    [
      'a comment at the top that stands apart',
      '# one\n\na: 1\n',
      '# one\n\na: 1\n',
    ],
    ['a comment at the end', 'a: 1\nb: 2\n# end\n', 'a: 1\nb: 2\n# end\n'],
    [
      'a comment at the end that stands apart',
      'a: 1\nb:\n  c: 1\n  # of c\n\n# end\n',
      'a: 1\nb:\n  c: 1\n  # of c\n\n# end\n',
    ],
    [
      'a comment before a marker',
      '# head\n\n---\n# c\na: 1\nb: 2\n',
      '# head\n\n---\n# head\n\n# c\na: 1\nb: 2\n',
    ],
    [
      'a comment behind a marker that stands apart',
      '# head\n---\n# one\n\n# two\na:\n- 1\nb: 2\n',
      '# head\n---\n# head\n# two\na:\n- 1\n# one\n\nb: 2\n',
    ],
    [
      'what only looks like a comment',
      "a: |\n  x\n  # no comment\n\n  y\n\n# of b\nb: 'x # y'\n",
      "a: |\n  x\n  # no comment\n\n  y\n# of b\nb: 'x # y'\n",
    ],
    [
      'a comment behind a key without a value',
      'a:\n# of b\n\nb: 1\n',
      'a:\n# of b\nb: 1\n',
    ],
  ])('%s', (_, text, expected) => {
    const document = parseDocument(text, {
      schema: 'failsafe',
      keepSourceTokens: true,
    });
    const finish = layComments(document, text);
    expect(`${documentStart(text)}${finish(printDocument(document))}`).toBe(
      expected,
    );
  });
});
