import {
  type Alias,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLMap,
  isAlias,
  isMap,
  parseAllDocuments,
  visit,
} from 'yaml';
import { VersionChangeError } from '../refusal';

/** Settings of people are smaller by far; a larger file would only cost time. */
const MAX_LENGTH = 1_000_000;

/** A document of a file, with the offsets of its nodes in the file's text. */
export type YamlDocument = Document.Parsed<ParsedNode>;

/**
 * A YAML file whose text is edited in place. It is parsed to find offsets, and
 * never printed, so what isn't edited stays as it is.
 */
export class YamlFile {
  /**
   * @param path - for messages
   * @throws VersionChangeError for a text that isn't YAML
   */
  static parse(path: string, text: string): YamlFile {
    if (text.length > MAX_LENGTH) {
      throw new VersionChangeError({
        code: 'change.file-too-large',
        parameters: { path },
      });
    }
    const documents = parsed(path, text);
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) {
      throw invalid(path, error);
    }
    return new YamlFile(path, text, documents);
  }

  private constructor(
    readonly path: string,
    readonly text: string,
    readonly documents: readonly YamlDocument[],
  ) {}

  /** How lines end. */
  get newline(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }
}

function parsed(path: string, text: string): YamlDocument[] {
  try {
    const documents = parseAllDocuments(text, {
      keepSourceTokens: true,
      // The first line of the message says where; the others quote the file.
      prettyErrors: true,
    });
    // Without any document, the library returns an empty list of another type.
    return Array.isArray(documents) ? [...documents] : [];
  } catch (error) {
    // Thousands of nested lists overflow the parser's stack.
    if (error instanceof RangeError) {
      throw invalid(path, error);
    }
    throw error;
  }
}

function invalid(path: string, error: Error): VersionChangeError {
  const [message] = error.message.split(/:?\r?\n/);
  return new VersionChangeError({
    code: 'change.yaml-invalid',
    parameters: { path, message },
  });
}

/** The offset of a node's text in the file, without anchor and tag. */
export function rangeOf(node: Node): { start: number; end: number } {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Whether an alias refers to one of the nodes, so that a change is seen there too. */
export function isShared(
  document: YamlDocument,
  nodes: readonly unknown[],
): boolean {
  const anchored = new Set(nodes.filter(node => hasAnchor(node)));
  let shared = false;
  if (anchored.size > 0) {
    visit(document, {
      Alias(_, alias: Alias) {
        if (anchored.has(alias.resolve(document))) {
          shared = true;
          return visit.BREAK;
        }
        return undefined;
      },
    });
  }
  return shared;
}

function hasAnchor(node: unknown): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    'anchor' in node &&
    node.anchor !== undefined
  );
}

/** What an alias stands for; the node itself if it is none. */
export function resolved(document: YamlDocument, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The mapping at the top of a document. */
export function rootOf(
  document: YamlDocument | undefined,
): YAMLMap | undefined {
  const contents: unknown = document?.contents;
  return isMap(contents) ? contents : undefined;
}
