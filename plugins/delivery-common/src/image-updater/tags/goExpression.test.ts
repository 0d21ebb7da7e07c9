import { parseAllowTags } from './allowTags';
import { toRe2 } from './goExpression';

/** Whether Go 1.26 accepts an expression, and whether it then finds the text. */
const CASES: [
  expression: string,
  text: string,
  matches: boolean | undefined,
][] = [
  ['{*', 'x', true],
  ['^{+$', '{{', true],
  ['a|{?', 'b', true],
  ['^({?)1$', '{1', true],
  ['^x{,3}$', 'x{,3}', true],
  ['^x{2}$', 'xx', true],
  ['^x{02}$', 'x{02}', true],
  ['^[{*]$', '{', true],
  ['^\\x{41}$', 'A', true],
  ['^\\Q{*\\p{latin}\\E$', '{*\\p{latin}', true],
  ['^\\{*$', '{{', true],
  ['^\\p{greek}$', 'α', true],
  ['^\\p{ G-reek }$', 'α', true],
  ['^\\p{^LATIN}$', 'α', true],
  ['^\\pl$', 'a', true],
  ['^[\\p{lu}\\d]+$', 'A1', true],
  ['^\\p{Letter}$', 'a', true],
  ['^\\p{lowercase_letter}$', 'A', false],
  ['^\\P{Decimal_Number}$', 'a', true],
  // Go drops the underscore of the name, and then doesn't find the script.
  ['\\p{Old_Italic}', 'a', undefined],
  ['\\p{Nonsense}', 'a', undefined],
  ['\\p{Greek', 'a', undefined],
  ['[[:Alpha:]]', 'a', undefined],
  ['^[[:alpha:]]$', 'a', true],
  ['^[]{]+$', ']{', true],
  ['^[^]{]$', 'a', true],
  ['x**', 'x', undefined],
  ['{2}', 'x', undefined],
];

describe('allow-tags in the dialect of Go', () => {
  it.each(CASES)('%s on %s', (expression, text, matches) => {
    const codes: string[] = [];
    const allows = parseAllowTags(`regexp:${expression}`, ({ code }) =>
      codes.push(code),
    );
    expect(codes).toEqual(
      matches === undefined ? ['allow-tags-invalid-expression'] : [],
    );
    expect(allows(text)).toBe(matches ?? false);
  });

  it.each(['^1\\.\\d+$', '(?i:rc)|[^a-z{]', '\\', '[', '\\Qa', '\\p'])(
    'keeps %s as it is',
    expression => {
      expect(toRe2(expression)).toBe(expression);
    },
  );
});
