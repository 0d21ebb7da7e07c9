import fc from 'fast-check';
import { parseSelector, type Requirement, selects } from './selector';

/** Undefined for a rejected selector. */
function parse(text: string): Requirement[] | undefined {
  try {
    return parseSelector(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError' });
    return undefined;
  }
}

describe('parseSelector', () => {
  it.each<[string, Requirement[]]>([
    ['a=b', [{ key: 'a', operator: 'in', values: ['b'] }]],
    [
      'env in (dev, staging),app==api',
      [
        { key: 'env', operator: 'in', values: ['dev', 'staging'] },
        { key: 'app', operator: 'in', values: ['api'] },
      ],
    ],
    [
      'env notin (dev,),!tier , team',
      [
        { key: 'env', operator: 'notin', values: ['dev', ''] },
        { key: 'tier', operator: 'absent' },
        { key: 'team', operator: 'exists' },
      ],
    ],
    [
      'a!=,b in()',
      [
        { key: 'a', operator: 'notin', values: [''] },
        { key: 'b', operator: 'in', values: [''] },
      ],
    ],
  ])('reads %j', (text, expected) => {
    expect(parseSelector(text)).toEqual(expected);
  });

  it.each([
    '',
    ',',
    'a,',
    'a in (b',
    'a in b)',
    'a in ((b),c)',
    'a),b',
    'a in (b)),c',
    '(a,b)',
  ])('refuses %j', text => {
    expect(parse(text)).toBeUndefined();
  });

  it('parses any combination of requirements', () => {
    const key = fc.constantFrom('app', 'env', 'example.com/tier', 'toString');
    const value = fc.constantFrom('', 'a', 'b-1', 'C_2');
    const requirement = fc.oneof(
      fc.record({
        key,
        operator: fc.constantFrom('exists' as const, 'absent' as const),
      }),
      fc.record({
        key,
        operator: fc.constantFrom('in' as const, 'notin' as const),
        values: fc.array(value, { minLength: 1, maxLength: 4 }),
      }),
    );
    const write = (one: Requirement) => {
      switch (one.operator) {
        case 'exists':
          return one.key;
        case 'absent':
          return `! ${one.key}`;
        default:
          return `${one.key} ${one.operator} (${one.values.join(', ')})`;
      }
    };
    fc.assert(
      fc.property(
        fc.array(requirement, { minLength: 1, maxLength: 6 }),
        requirements => {
          expect(parseSelector(requirements.map(write).join(' , '))).toEqual(
            requirements,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('rejects unbalanced parentheses', () => {
    const text = fc
      .array(fc.constantFrom('a', ',', '(', ')', ' in ', '=', '!'), {
        maxLength: 12,
      })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, selector => {
        const count = (character: string) =>
          selector.split(character).length - 1;
        fc.pre(count('(') !== count(')'));
        expect(parse(selector)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  // A regular expression with a lookahead from each comma takes minutes for
  // some of these.
  it.each([
    ['commas', ','.repeat(1_000_000)],
    ['closed sets', 'a in (b),'.repeat(100_000)],
    ['commas in an open set', `a in (${','.repeat(1_000_000)}`],
    ['open sets', 'a in (b,'.repeat(100_000)],
    ['spaces', `a${' '.repeat(1_000_000)}in`],
    ['letters', 'a'.repeat(1_000_000)],
    ['prefixes', `${'a.'.repeat(500_000)}/`],
  ])('refuses a huge selector of %s with a short message', (_, text) => {
    let message = '';
    try {
      parseSelector(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/is not the name of a label|may have at most 100/);
    expect(message.length).toBeLessThan(500);
  });
});

describe('selects', () => {
  it.each(['__proto__', 'constructor', 'toString'])(
    'finds no label %s where there is none',
    key => {
      expect(selects([{ key, operator: 'exists' }], {})).toBe(false);
      expect(selects([{ key, operator: 'absent' }], {})).toBe(true);
    },
  );
});
