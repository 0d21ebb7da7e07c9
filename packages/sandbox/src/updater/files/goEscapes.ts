import { type Document, type Scalar, visit } from 'yaml';

/** Stands before and behind the number of a character that go-yaml escapes. */
const MARK = '\ue000';

/** What go-yaml takes for unprintable, or for a line break, of what the yaml package would write as it is. */
const ESCAPED =
  /[\u007f-\u009f\u2028\u2029\ue000\ufeff\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]/g;

const NAMED: Record<number, string> = {
  0x85: '\\N',
  0x2028: '\\L',
  0x2029: '\\P',
};

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/**
 * Marks what go-yaml writes in a way of its own: a plain `<<` gets a tag, and
 * texts with characters beyond the first plane are quoted and escaped.
 *
 * @returns what turns the printed text into go-yaml's
 */
export function markForGo(document: Document): (printed: string) => string {
  visit(document, { Scalar: (_, scalar) => markScalar(scalar) });
  return printed =>
    printed.replace(new RegExp(`${MARK}([0-9a-f]+)${MARK}`, 'g'), (_, hex) =>
      escapeOf(Number.parseInt(hex, 16)),
    );
}

function markScalar(scalar: Scalar): void {
  const { value, type } = scalar;
  if (typeof value !== 'string') {
    return;
  }
  if (value === '<<' && type === 'PLAIN') {
    scalar.tag = MERGE_TAG;
  }
  const marked = value.replace(
    ESCAPED,
    character =>
      `${MARK}${(character.codePointAt(0) ?? 0).toString(16)}${MARK}`,
  );
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  if (
    marked.replaceAll(`${MARK}e000${MARK}`, '') !==
      value.replaceAll(MARK, '') ||
    (value.includes('\t') && !isBlock)
  ) {
    scalar.type = 'QUOTE_DOUBLE';
  }
  scalar.value = marked;
}

function escapeOf(point: number): string {
  if (point === MARK.codePointAt(0)) {
    return MARK;
  }
  const hex = point.toString(16).toUpperCase();
  if (NAMED[point]) {
    return NAMED[point];
  }
  if (point <= 0xff) {
    return `\\x${hex.padStart(2, '0')}`;
  }
  return point <= 0xffff
    ? `\\u${hex.padStart(4, '0')}`
    : `\\U${hex.padStart(8, '0')}`;
}
