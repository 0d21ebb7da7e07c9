import { type Document, Scalar, parse, parseDocument } from 'yaml';

/**
 * Reads one YAML document. Without a schema, so that every scalar that isn't
 * written stays as its text.
 *
 * @throws Error for a text that isn't a single YAML document
 */
export function parseYaml(text: string): Document {
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error) {
    throw new Error(`yaml: ${error.message}`);
  }
  return document;
}

/** Prints a changed document; sequences stay indented as they were in the original text. */
export function printYaml(document: Document, original = ''): string {
  return document.toString({
    indentSeq:
      /:[ \t]*\n +- /.test(original) &&
      !/^( *)[^\s-].*:[ \t]*\n\1- /m.test(original),
    lineWidth: 0,
    flowCollectionPadding: false,
  });
}

/** A string as a scalar, quoted where its text alone would be something else. */
export function textScalar(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  scalar.type = isPlain(value) ? 'PLAIN' : 'QUOTE_DOUBLE';
  return scalar;
}

/** Whether readers of YAML 1.1 and of 1.2 take an unquoted text for that string. */
export function isPlain(text: string): boolean {
  return (['core', 'yaml-1.1'] as const).every(schema => {
    try {
      return parse(text, { schema, logLevel: 'error' }) === text;
    } catch {
      return false;
    }
  });
}
