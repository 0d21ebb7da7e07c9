import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { setVersion } from './setVersion';
import type { VersionTarget } from './target';
import { isPlainText } from './yaml/plainText';

const TARGET: VersionTarget = {
  format: 'helm-values',
  repository: 'registry.example.com/shop/api',
  keys: { tag: 'image.tag' },
};

const letters = [...'abcdefgxyzno0123456789eE._-'];
/** Tags, many of which look like numbers, dates or booleans. */
const tags = fc
  .oneof(
    fc.stringMatching(/^\w[\w.-]{0,20}$/),
    fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 })
      .map(parts => parts.join(''))
      .filter(tag => /^\w/.test(tag)),
    fc.constantFrom('6063e25', '1.10', '0x1f', 'on', 'Yes', 'n', 'null', '1_0'),
    fc.constantFrom('2026-11-30', '017', '0o17', '0b1', '1e3', 'NaN', '.5x'),
  )
  .filter(tag => /^\w/.test(tag));

const scalars = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  tags,
);
const extras = fc.dictionary(
  fc
    .stringMatching(/^[a-y]{1,6}$/)
    // In YAML 1.1, `on` and `y` are the same key.
    .filter(key => key !== 'image' && isPlainText(key)),
  fc.oneof(scalars, fc.array(scalars, { maxLength: 3 })),
  { maxKeys: 4 },
);
const styles = fc.record({
  quote: fc.constantFrom('"', "'", ''),
  newline: fc.constantFrom('\n', '\r\n'),
  indent: fc.integer({ min: 1, max: 6 }),
  comment: fc.constantFrom('', ' # live', '  #'),
  flow: fc.boolean(),
  bom: fc.boolean(),
});

/** A file of values in which the tag stands at a known offset. */
function written(
  style: typeof styles extends fc.Arbitrary<infer S> ? S : never,
  extra: Record<string, unknown>,
  before: string,
) {
  const { newline, comment, indent } = style;
  const quote = isPlainText(before) ? style.quote : '"';
  const lines = Object.entries(extra).map(
    ([key, value]) => `${key}: ${JSON.stringify(value)}`,
  );
  const start = style.flow
    ? ['image: {a: b, tag: ']
    : ['image:', `${' '.repeat(indent)}a: b`, `${' '.repeat(indent)}tag: `];
  const head = [...lines, ...start].join(newline);
  const tail = `${style.flow ? ', c: d}' : ''}${comment}${newline}z: 1`;
  const value = `${quote}${before}${quote}`;
  const bom = style.bom ? '\uFEFF' : '';
  return { head: bom + head, value, tail };
}

describe('setVersion', () => {
  it('changes the one value, and no other byte', () => {
    fc.assert(
      fc.property(styles, extras, tags, tags, (style, extra, before, tag) => {
        const { head, value, tail } = written(style, extra, before);
        const text = head + value + tail;
        const after = setVersion({ path: 'v.yaml', text }, TARGET, tag).text;
        expect(after.startsWith(head)).toBe(true);
        expect(after.endsWith(tail)).toBe(true);
        for (const version of ['1.1', '1.2'] as const) {
          const was: unknown = parseDocument(text, { version }).toJS();
          const is = parseDocument(after, { version });
          expect(is.errors).toEqual([]);
          expect(is.getIn(['image', 'tag'])).toBe(tag);
          is.setIn(['image', 'tag'], before);
          expect(is.toJS()).toEqual(was);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is undone by the version before', () => {
    fc.assert(
      fc.property(styles, extras, tags, tags, (style, extra, before, tag) => {
        const { head, value, tail } = written(style, extra, before);
        const text = head + value + tail;
        const there = setVersion({ path: 'v.yaml', text }, TARGET, tag);
        const back = setVersion(
          { path: 'v.yaml', text: there.text },
          TARGET,
          there.found.tag ?? '',
        );
        expect(parseDocument(back.text).toJS()).toEqual(
          parseDocument(text).toJS(),
        );
      }),
    );
  });
});

describe('isPlainText', () => {
  it('holds for no tag that YAML reads as something else', () => {
    fc.assert(
      fc.property(tags, tag => {
        fc.pre(isPlainText(tag));
        for (const version of ['1.1', '1.2'] as const) {
          expect(parseDocument(`a: ${tag}`, { version }).get('a')).toBe(tag);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
