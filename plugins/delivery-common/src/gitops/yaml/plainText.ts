/**
 * What some YAML parser reads as something else than text. Helm and Argo CD parse
 * with Go's YAML 1.1, Kustomize with a mixture of 1.1 and 1.2, so all count.
 */
const NOT_TEXT = [
  /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i,
  // Integers with a base, and with underscores between digits.
  /^[-+]?0(?:b[01_]+|o?[0-7_]+|x[\da-f_]+)$/i,
  // Some parsers take `E9` for a number, too.
  /^[-+]?[\d_]*\.?[\d_]*(?:e[-+]?[\d_]+)?$/i,
  // Numbers of base 60, such as times of a day.
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  // Dates, also at the start of a time.
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt])/,
];

/** Letters, digits and the characters between them in tags and references. */
const UNQUOTED = /^\w[\w.\-+:/@=]*$/;

/**
 * Whether every YAML parser reads a value without quotes as the same text.
 *
 * @see https://yaml.org/type/ (YAML 1.1), https://yaml.org/spec/1.2.2/#103-core-schema
 */
export function isPlainText(value: string): boolean {
  return (
    UNQUOTED.test(value) &&
    !value.endsWith(':') &&
    !NOT_TEXT.some(pattern => pattern.test(value))
  );
}
