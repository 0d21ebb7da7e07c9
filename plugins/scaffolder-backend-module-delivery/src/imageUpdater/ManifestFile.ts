import { InputError } from '@backstage/errors';
import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, parseAllDocuments, type ToStringOptions } from 'yaml';

/** Which resource of a file. */
export interface ResourceName {
  kind: string;
  /** Any, if absent. */
  name?: string;
  namespace?: string;
}

/**
 * A YAML file of manifests that can be edited. Comments and the style of what
 * stays are kept; a file without a change is kept to the byte.
 */
export class ManifestFile {
  /** Throws an `InputError` for a text that isn't YAML. */
  static parse(path: string, text: string): ManifestFile {
    const parsed = parseAllDocuments(text);
    // Without any document, the library returns an empty list of another type.
    const documents: Document[] = Array.isArray(parsed) ? [...parsed] : [];
    const [fault] = documents.flatMap(({ errors }) => errors);
    if (fault) {
      throw new InputError(`${path} is not YAML: ${fault.message}`);
    }
    return new ManifestFile(path, text, documents);
  }

  private readonly before: unknown[];

  private constructor(
    private readonly path: string,
    private readonly text: string,
    private readonly documents: Document[],
  ) {
    this.before = this.resources;
  }

  /** The resources as they are now. */
  get resources(): unknown[] {
    return this.documents.map(document => document.toJS() as unknown);
  }

  get isChanged(): boolean {
    return !isDeepStrictEqual(this.before, this.resources);
  }

  /** The documents of a kind, narrowed by name and namespace. */
  find({ kind, name, namespace }: ResourceName): Document[] {
    return this.documents.filter(document => {
      const at = (...keys: string[]): unknown =>
        isMap(document.contents) ? document.getIn(keys) : undefined;
      return (
        at('kind') === kind &&
        (name === undefined || at('metadata', 'name') === name) &&
        (namespace === undefined ||
          (at('metadata', 'namespace') ?? namespace) === namespace)
      );
    });
  }

  /** The only one. Throws an `InputError` if there are several, or none. */
  only(wanted: ResourceName): Document {
    const found = this.find(wanted);
    if (found.length !== 1) {
      const named = wanted.name ? ` named ${wanted.name}` : '';
      const advice =
        found.length > 1 ? '. Name it in the input "application"' : '';
      throw new InputError(
        `${this.path} has ${found.length} documents of kind ${wanted.kind}${named}; it must have one${advice}`,
      );
    }
    return found[0];
  }

  add(resource: unknown): void {
    this.documents.push(new Document(resource));
  }

  toString(): string {
    if (!this.isChanged) {
      return this.text;
    }
    const options = styleOf(this.text);
    return this.documents
      .map((document, index) => {
        const text = document.toString(options);
        return index === 0 || text.startsWith('---') ? text : `---\n${text}`;
      })
      .join('');
  }
}

/** The style that a file has already, so that an edit changes few lines. */
function styleOf(text: string): ToStringOptions {
  const indented = /^( +)[^\s#-]/m.exec(text);
  const isSequenceFlush = /^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(text);
  return {
    lineWidth: 0,
    indent: indented ? indented[1].length : 2,
    indentSeq: !isSequenceFlush,
    flowCollectionPadding: !/\{[^\s}]/.test(text),
  };
}
