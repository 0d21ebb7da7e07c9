import { parseAllDocuments } from 'yaml';
import { blankLineProblem, parseProblem } from './goErrors';

function parse(text: string) {
  const [document] = parseAllDocuments(text, {
    schema: 'failsafe',
    keepSourceTokens: true,
  });
  if (!document || !('contents' in document)) {
    throw new Error('no document');
  }
  return document;
}

// Worked out with go-yaml itself.
describe('what go-yaml says', () => {
  it.each([
    ['a: [\n', 'line 1: did not find expected node content'],
    ['a: [x\n', "line 1: did not find expected ',' or ']'"],
    ['a: {\n', 'line 1: did not find expected node content'],
    ['a: {x: 1\n', "line 1: did not find expected ',' or '}'"],
    ['a: "x\n', 'line 2: found unexpected end of stream'],
    ["k: 1\na: 'x\nb: 2\n", 'line 2: found unexpected end of stream'],
    ['a:\n\t- x\n', 'line 2: found character that cannot start any token'],
    ['a: b: c\n', 'mapping values are not allowed in this context'],
    ['a\nb: 1\n', 'line 2: mapping values are not allowed in this context'],
    ['k: 1\na: [x, y\nb: 1\n', "line 1: did not find expected ',' or ']'"],
    ['a: @x\n', 'found character that cannot start any token'],
    ['k: 1\na: `x\n', 'line 2: found character that cannot start any token'],
    [
      'k: 1\n  b: 2\n',
      'line 2: mapping values are not allowed in this context',
    ],
  ])('of %j', (text, expected) => {
    expect(parseProblem(parse(text), text)).toBe(expected);
  });

  it.each([
    ['a: |\n  x\n\n  y\nb: 1\n', 'line 3: did not find expected key'],
    ['k: 1\na: |\n  x\n\nb: 1\n', undefined],
    [
      'k: 1\nm:\n  a: |\n    x\n\n    y\n  b: 1\n',
      'line 2: did not find expected key',
    ],
    ['k: 1\nm:\n- |\n  x\n\n  y\n- z\n', 'line 5: did not find expected key'],
    [
      'k: 1\nm:\n  - |\n    x\n\n    y\n  - z\n',
      "line 2: did not find expected '-' indicator",
    ],
    [
      'k: 1\nm:\n  - a: >-\n      x\n\n\n      # y\n      z\n    b: 1\n',
      'line 2: did not find expected key',
    ],
    ['k: 1\na: |\n  x\n\n  # c\nb: 1\n', undefined],
  ])('of %j with comments for blank lines', (text, expected) => {
    expect(blankLineProblem(parse(text), text)).toBe(expected);
  });
});
