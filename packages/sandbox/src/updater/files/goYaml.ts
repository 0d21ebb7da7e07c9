import { Document, Scalar } from 'yaml';
import { markForGo } from './goEscapes';

/** How a scalar is written. */
export type ScalarStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE';

const OLD_BOOLEANS = new Set(
  ['y', 'yes', 'on', 'n', 'no', 'off'].flatMap(spellings),
);

const CORE_WORDS = new Set([
  ...['true', 'false', 'null', '.inf', '+.inf', '-.inf'].flatMap(spellings),
  ...['.nan', '.NaN', '.NAN', '~', '<<', ''],
]);

const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const INTEGER = /^[-+]?(0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d*)?(Z|[-+]\d{2}:\d{2})?)?$/;

/** Whether go-yaml v3 reads an unquoted text as a string. */
export function isPlainString(text: string): boolean {
  const digits = text.replaceAll('_', '');
  return !(
    CORE_WORDS.has(text) ||
    INTEGER.test(digits) ||
    (FLOAT.test(digits) && Number.isFinite(Number(digits))) ||
    TIMESTAMP.test(text)
  );
}

/** Whether YAML 1.1 reads it as a boolean, which go-yaml v3 no longer does. */
export function isOldBoolean(text: string): boolean {
  return OLD_BOOLEANS.has(text);
}

function spellings(word: string): string[] {
  const capital = word.replace(/[a-z]/, letter => letter.toUpperCase());
  return [word, capital, word.toUpperCase()];
}

/** The style in which go-yaml writes a string that has none of its own. */
export function styleOf(text: string): ScalarStyle {
  if (!isPlainString(text)) {
    return 'QUOTE_DOUBLE';
  }
  return /^[-?:](\s|$)|^[,[\]{}#&*!|>'"%@`]|^(---|\.\.\.)|:(\s|$)|\s#|^\s|\s$/.test(
    text,
  )
    ? 'QUOTE_SINGLE'
    : 'PLAIN';
}

/** A string as go-yaml writes it from a Go value, where old booleans are quoted too. */
export function goScalar(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = isOldBoolean(text) ? 'QUOTE_DOUBLE' : styleOf(text);
  return scalar;
}

/** A document as go-yaml's encoder writes it: indented by two, sequences not. */
export function printDocument(document: Document): string {
  const finish = markForGo(document);
  const printed = document.toString({
    indent: 2,
    indentSeq: false,
    lineWidth: 0,
    flowCollectionPadding: false,
    directives: false,
  });
  return finish(printed);
}

/** What stands before a `---` and that line itself, which printing would lose. */
export function documentStart(text: string): string {
  const lines = text.split('\n');
  const marker = lines.findIndex(line => !/^\s*([#%].*)?$/.test(line));
  return marker >= 0 && /^---([ \t]|$)/.test(lines[marker])
    ? `${lines.slice(0, marker + 1).join('\n')}\n`
    : '';
}
