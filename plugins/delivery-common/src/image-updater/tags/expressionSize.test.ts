import fc from 'fast-check';
import { RE2JS } from 're2js';
import { formatMessage } from '../../messages';
import { parseAllowTags } from './allowTags';
import { estimatedSize } from './expressionSize';

function problemsOf(expression: string): string[] {
  const codes: string[] = [];
  parseAllowTags(`regexp:${expression}`, ({ code }) => codes.push(code));
  return codes;
}

describe('estimatedSize', () => {
  it('is of the order of the program that RE2 makes', () => {
    const atom = fc.constantFrom('a', '.', '\\d', '[a-z]', '[]^]', '\\pL');
    const { expression } = fc.letrec<{ expression: string }>(tie => ({
      expression: fc.oneof(
        { maxDepth: 3 },
        atom,
        fc
          .tuple(tie('expression'), fc.integer({ min: 1, max: 9 }))
          .map(([inner, times]) => `(${inner}){1,${times}}`),
        fc
          .tuple(tie('expression'), tie('expression'))
          .map(([a, b]) => `(?:${a}|${b})`),
        fc
          .tuple(tie('expression'), tie('expression'))
          .map(both => both.join('')),
      ),
    }));
    fc.assert(
      fc.property(expression, text => {
        const size = RE2JS.compile(text).programSize();
        expect(estimatedSize(text) * 3 + 10).toBeGreaterThanOrEqual(size);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['\\x{1000}\\p{Greek}', 2],
    ['a{3}', 3],
    ['(a{10}){10}', 120],
    ['[{9}]', 1],
    ['[^]{9}]x', 2],
    ['a{,5}', 4],
  ])('of %s is %s', (expression, size) => {
    expect(estimatedSize(expression)).toBe(size);
  });

  it('never fails', () => {
    const text = fc
      .array(
        fc.constantFrom('(', ')', '[', ']', '{9}', '{1,', '\\', 'x{', '^', 'a'),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, expression => {
        expect(estimatedSize(expression)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('allow-tags', () => {
  it.each([
    '^v?\\d+\\.\\d+\\.\\d+$',
    '^main-[0-9a-f]{7,40}-\\d{10}$',
    '^[\\w][\\w.-]{0,127}$',
    '^(main|develop|release|hotfix)-\\d{8}(-\\d{6})?-[0-9a-f]{7,40}$',
  ])('takes %s', expression => {
    expect(problemsOf(expression)).toEqual([]);
  });

  it.each([
    ['nested repetitions', '((a?){10}){100}'],
    ['many repetitions', '(a?){99}'.repeat(8)],
    ['one that is a little too large', '(a|b){100}'],
    ['a long expression', '(a|b|c)?'.repeat(4000)],
    ['letters', 'a'.repeat(600)],
  ])('refuses %s, with a sentence that says what to do', (_, expression) => {
    expect(problemsOf(expression)).toEqual(['allow-tags-too-complex']);
    const advices: string[] = [];
    const allows = parseAllowTags(`regexp:${expression}`, ({ advice }) =>
      advices.push(formatMessage(advice)),
    );
    expect(allows('aaa')).toBe(false);
    expect(advices).toEqual([
      expect.stringContaining('shorten the expression'),
    ]);
  });
});
