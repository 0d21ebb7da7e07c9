import {
  type Document,
  Scalar,
  parse,
  parseAllDocuments,
  parseDocument,
} from 'yaml';

/** Every scalar that isn't written keeps its text. */
const UNTYPED = { schema: 'failsafe', uniqueKeys: false } as const;

/**
 * Parses one YAML document.
 *
 * @throws Error if the text isn't a single YAML document
 */
export function parseYaml(text: string): Document {
  return withoutErrors(parseDocument(text, UNTYPED));
}

/**
 * Parses the first of the YAML documents in a text, and nothing of the others.
 *
 * @throws Error if it isn't YAML
 */
export function parseFirst(text: string): Document {
  const [first] = parseAllDocuments(text, UNTYPED);
  return withoutErrors(first ?? parseDocument(text, UNTYPED));
}

function withoutErrors(document: Document): Document {
  const [error] = document.errors;
  if (error) {
    throw new Error(`yaml: ${error.message}`);
  }
  return document;
}

/**
 * Whether the updater's parser accepts the version in the directive `%YAML`, if
 * there is one.
 */
export function isCompatible(text: string): boolean {
  const { yaml } = parseDocument(text, { logLevel: 'silent' }).directives ?? {};
  return !yaml?.explicit || yaml.version === '1.1';
}

/**
 * Prints a changed document. Sequences keep the indentation of the original
 * text.
 */
export function printYaml(document: Document, original = ''): string {
  return document.toString({
    indentSeq:
      /:[ \t]*\n +- /.test(original) &&
      !/^( *)[^\s-].*:[ \t]*\n\1- /m.test(original),
    lineWidth: 0,
    flowCollectionPadding: false,
  });
}

/** A string as a scalar, quoted if the plain text would mean something else. */
export function textScalar(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  scalar.type = isPlain(value) ? 'PLAIN' : 'QUOTE_DOUBLE';
  return scalar;
}

/**
 * Whether both YAML 1.1 and 1.2 parsers read the unquoted text as that string.
 */
export function isPlain(text: string): boolean {
  return (['core', 'yaml-1.1'] as const).every(schema => {
    try {
      return parse(text, { schema, logLevel: 'error' }) === text;
    } catch {
      return false;
    }
  });
}
