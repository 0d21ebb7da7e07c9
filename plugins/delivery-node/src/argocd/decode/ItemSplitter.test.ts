import fc from 'fast-check';
import { ItemSplitter } from './ItemSplitter';

/** Parses the text after cutting it at the given places. */
function parsedBack(text: string, cuts: number[]): unknown {
  const splitter = new ItemSplitter();
  const bytes = Buffer.from(text);
  const places = [...cuts.map(cut => cut % (bytes.length + 1))].sort(
    (a, b) => a - b,
  );
  const items: unknown[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    items.push(
      ...splitter.push(bytes.subarray(from, to)).map(item => JSON.parse(item)),
    );
    from = to;
  }
  const envelope = JSON.parse(splitter.end());
  return Array.isArray(envelope.items) ? { ...envelope, items } : envelope;
}

const json = fc.jsonValue({ noUnicodeString: false });

describe('ItemSplitter', () => {
  it('returns the same as parsing the whole, wherever the bytes are split', () => {
    fc.assert(
      fc.property(
        fc.record({
          metadata: json,
          items: fc.option(fc.array(json, { maxLength: 5 })),
          others: fc.array(json),
        }),
        fc.constantFrom(undefined, 2),
        fc.array(fc.nat(), { maxLength: 8 }),
        (list, indent, cuts) => {
          const text = JSON.stringify(list, undefined, indent);
          expect(parsedBack(text, cuts)).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    '{"items": [{}, ]}',
    '{"items": [,{}]}',
    '{"items": [{"a": 1 "b": 2}]}',
    '{"items": [{"a": 1}',
    '{"items": [{}]]}',
    '{"metadata": {"a": "',
    '<html>sign in</html>',
    '',
  ])('leads to a SyntaxError for %j', text => {
    expect(() => parsedBack(text, [])).toThrow(SyntaxError);
  });

  it('returns only the items of the list itself', () => {
    const text =
      '{"a": {"items": [1]}, "b": ["items"], "c": "\\"items\\":", "items": [{"items": [2]}, 3]}';
    const splitter = new ItemSplitter();
    expect(splitter.push(Buffer.from(text))).toEqual(['{"items": [2]}', ' 3']);
    expect(JSON.parse(splitter.end())).toEqual({
      a: { items: [1] },
      b: ['items'],
      c: '"items":',
      items: [],
    });
  });
});
