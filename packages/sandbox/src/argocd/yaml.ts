import {
  parseAllDocuments,
  stringify,
  type ScalarTag,
  type SchemaOptions,
} from 'yaml';

const yaml11Boolean: ScalarTag = {
  identify: value => typeof value === 'boolean',
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:[Yy]|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON|[Nn]|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
  resolve: text => /^(?:y|yes|true|on)$/i.test(text),
  stringify: item => (item.value ? 'true' : 'false'),
};

const options: SchemaOptions & { version: '1.2'; uniqueKeys: boolean } = {
  version: '1.2',
  merge: true,
  uniqueKeys: false,
  // Go's YAML library, which Helm and Kubernetes use, still accepts the
  // booleans of YAML 1.1.
  customTags: tags => [yaml11Boolean, ...tags],
};

/** Parses the first document of a text; throws the first error with its line. */
export function parseYaml(text: string): unknown {
  return parseYamlDocuments(text)[0];
}

/** Parses all documents of a text; drops empty ones. */
export function parseYamlDocuments(text: string): unknown[] {
  const documents = parseAllDocuments(text, options);
  return (Array.isArray(documents) ? documents : []).flatMap(document => {
    if (document.errors.length) {
      throw document.errors[0];
    }
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    return value === null || value === undefined ? [] : [value];
  });
}

/**
 * Formats a value like Helm's `toYaml`: sorted keys, lists not indented, no
 * line folding.
 */
export function toYaml(value: unknown): string {
  return stringify(value, {
    ...options,
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  }).trimEnd();
}
