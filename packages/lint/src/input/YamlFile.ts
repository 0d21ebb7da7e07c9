import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { InputError, Location, Region } from '../types';
import type { InputFile } from './readFiles';

/** A resource in a file, and where it is there. */
export interface YamlResource {
  value: unknown;
  /** The place of a path within the resource, or of what exists of it. */
  locate(path: readonly (string | number)[]): Location;
}

type Yaml = Document.Parsed<ParsedNode> | Document;

/**
 * The resources in a file of YAML or JSON, with those of Kubernetes' lists.
 * Files in which nothing of Argo CD occurs aren't parsed. Never throws.
 */
export function resourcesIn({ file, content }: InputFile): {
  resources: YamlResource[];
  errors: InputError[];
} {
  if (!content.includes('argoproj.io')) {
    return { resources: [], errors: [] };
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(content, { lineCounter: lines });
  const resources: YamlResource[] = [];
  const errors: InputError[] = [];
  // Without any document, the library returns an empty list of another type.
  for (const document of Array.isArray(documents) ? documents : []) {
    const [fault] = document.errors;
    if (fault) {
      errors.push({
        file,
        region: regionOf(fault.pos, lines),
        message: fault.message.split('\n')[0].replace(/:$/, ''),
      });
    } else {
      try {
        resources.push(...resourcesOf(document, file, lines));
      } catch (error) {
        // Aliases that would expand to too much.
        errors.push({
          file,
          region: regionOf(document.range, lines),
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }
  return { resources, errors };
}

function resourcesOf(
  document: Yaml,
  file: string,
  lines: LineCounter,
): YamlResource[] {
  const value: unknown = document.toJS();
  const at = (prefix: (string | number)[]) => ({
    locate: (path: readonly (string | number)[]): Location => ({
      file,
      region: regionAt(document, [...prefix, ...path], lines),
    }),
  });
  return isList(value)
    ? value.items.map((item, index) => ({
        value: item,
        ...at(['items', index]),
      }))
    : [{ value, ...at([]) }];
}

function isList(value: unknown): value is { items: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    value.kind.endsWith('List') &&
    'items' in value &&
    Array.isArray(value.items)
  );
}

/** From the key of the last step that exists to the end of its value. */
function regionAt(
  document: Yaml,
  path: readonly (string | number)[],
  lines: LineCounter,
): Region | undefined {
  let node: unknown = document.contents;
  let range = isNode(node) ? node.range : undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (!pair) {
        break;
      }
      const start = isNode(pair.key) ? pair.key.range : undefined;
      const end = isNode(pair.value) ? pair.value.range : start;
      range = start && end ? [start[0], end[1], end[2]] : range;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items.at(step);
      if (!isNode(item)) {
        break;
      }
      range = item.range ?? range;
      node = item;
    } else {
      break;
    }
  }
  return regionOf(range, lines);
}

function regionOf(
  range: readonly number[] | null | undefined,
  lines: LineCounter,
): Region | undefined {
  if (!range) {
    return undefined;
  }
  const start = lines.linePos(range[0]);
  const end = lines.linePos(Math.max(range[1], range[0]));
  return start.line > 0
    ? {
        startLine: start.line,
        startColumn: start.col,
        endLine: end.line,
        endColumn: end.col,
      }
    : undefined;
}
