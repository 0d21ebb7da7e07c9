import {
  type Document,
  Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  stringify,
} from 'yaml';
import {
  parseContainerImage,
  sourceOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../managed';
import { blankLineProblem, parseProblem } from './goErrors';
import { goScalar } from './goYaml';

/** The names of a kustomization, in the order in which they are looked for. */
export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** An entry of a kustomization's `images`. */
interface ImageEntry {
  name: string;
  newName: string;
  newTag: string;
  digest: string;
}

/**
 * A kustomization with the images of an Application's spec among its own; the
 * rest keeps its order, comments and blank lines.
 *
 * @param matched - the Application with its images set in its spec
 * @returns the same text when the images say that already
 * @throws Error for a text that is no single YAML document, or has no list of images
 */
export function updateKustomization(
  { application, writeBack }: ManagedApplication,
  original: string,
): string {
  const lines = original.split('\n');
  const first = lines.findIndex(line => !/^\s*([#%].*)?$/.test(line));
  const prefix =
    first < 0
      ? original
      : lines
          .slice(0, first)
          .map(line => `${line}\n`)
          .join('');
  const body = original.slice(prefix.length);
  const document = parseOne(body);
  const entries = (
    sourceOf(application, writeBack)?.kustomize?.images ?? []
  ).map(entryOf);
  const before = print(document, body);
  setEntries(document, entries);
  const after = print(document, body);
  if (after === before) {
    return original;
  }
  const marker = /^---([ \t].*)?\n/.test(body) ? '---\n' : '';
  return `${prefix}${marker}${after}`;
}

function print(document: Document, body: string): string {
  return document.toString({
    indent: 2,
    indentSeq: hasIndentedSequences(body),
    lineWidth: 0,
    flowCollectionPadding: false,
    directives: false,
  });
}

function parseOne(body: string): Document {
  const documents = parseAllDocuments(body, {
    schema: 'failsafe',
    uniqueKeys: false,
    keepSourceTokens: true,
  });
  const [document] = documents;
  if (!('contents' in (document ?? {})) || documents.length !== 1) {
    throw new Error(
      'target parameter file should contain a single YAML document',
    );
  }
  const problem =
    parseProblem(document, body) ?? blankLineProblem(document, body);
  if (problem !== undefined) {
    throw new Error(`MalformedYAMLError: yaml: ${problem}`);
  }
  return document;
}

function setEntries(document: Document, entries: readonly ImageEntry[]): void {
  const root: unknown = document.contents;
  if (!isMap(root)) {
    throw new Error(
      'wrong node kind: expected MappingNode at the root of the kustomization',
    );
  }
  const pair = root.items.find(
    ({ key }) => isScalar(key) && key.value === 'images',
  );
  if (pair && isScalar(pair.value) && pair.value.value === '') {
    // `images:` without a value is never written, and not even an error.
    return;
  }
  if (pair && !isSeq(pair.value)) {
    throw new Error(
      `wrong node kind: expected SequenceNode but got ${
        isMap(pair.value) ? 'MappingNode' : 'ScalarNode'
      }: node contents:\n${stringify(pair.value)}`,
    );
  }
  const sequence = pair && isSeq(pair.value) ? pair.value : new YAMLSeq();
  if (!pair) {
    root.items.push(new Pair(new Scalar('images'), sequence));
  }
  entries.forEach(entry => setEntry(sequence, entry));
}

function setEntry(sequence: YAMLSeq, entry: ImageEntry): void {
  const same = sequence.items.filter(
    (item): item is YAMLMap =>
      isMap(item) && textOf(item, 'name') === entry.name,
  );
  if (same.length === 0) {
    const map = new YAMLMap();
    fill(map, entry);
    sequence.items.push(map);
  }
  same.forEach(map => fill(map, entry));
}

/** Makes a map be the entry, which loses its comments and blank lines; fields that it has stay where they are. */
function fill(map: YAMLMap, entry: ImageEntry): void {
  const fields = Object.entries(entry).filter(([, value]) => value !== '');
  map.spaceBefore = false;
  map.commentBefore = undefined;
  map.items = map.items.filter(
    ({ key }) => isScalar(key) && fields.some(([name]) => name === key.value),
  );
  for (const [name, value] of fields) {
    const pair = map.items.find(
      ({ key }) => isScalar(key) && key.value === name,
    );
    if (pair) {
      pair.value = goScalar(value);
    } else {
      map.items.push(new Pair(new Scalar(name), goScalar(value)));
    }
  }
}

function textOf(map: YAMLMap, name: string): string | undefined {
  const value = map.items.find(
    ({ key }) => isScalar(key) && key.value === name,
  )?.value;
  return isScalar(value) ? String(value.value) : undefined;
}

function entryOf(text: string): ImageEntry {
  const image = parseContainerImage(text);
  const full =
    image.registry === '' ? image.name : `${image.registry}/${image.name}`;
  return {
    name: image.alias || full,
    newName: image.alias === '' ? '' : full,
    newTag: image.tag?.name ?? '',
    digest: image.tag?.digest ?? '',
  };
}

/** Whether sequences are indented by two, told by the first one; other indents are given up. */
function hasIndentedSequences(body: string): boolean {
  const lines = body.split('\n');
  const at = lines.findIndex(line => /^ *- /.test(line));
  if (at <= 0) {
    return false;
  }
  const indentOf = (line: string) => line.length - line.trimStart().length;
  const parent = lines
    .slice(0, at)
    .reverse()
    .find(line => line.trim() !== '' && !line.trim().startsWith('#'));
  return parent !== undefined && indentOf(lines[at]) - indentOf(parent) === 2;
}
