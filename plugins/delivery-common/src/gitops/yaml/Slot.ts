import { type Pair, type YAMLMap, isAlias, isMap, isScalar } from 'yaml';
import { VersionChangeError } from '../refusal';
import { isPlainText } from './plainText';
import type { TextEdit } from './TextEdit';
import {
  type YamlDocument,
  type YamlFile,
  isShared,
  rangeOf,
} from './YamlFile';

/** A place for one text in a YAML file. */
export interface SlotPosition {
  file: YamlFile;
  document: YamlDocument;
  /** All nodes around it, the outermost first, without itself. */
  around: readonly unknown[];
  /** For people, such as `image.tag` or `images[0].newTag`. */
  key: string;
  /** Of a mapping. */
  pair?: Pair;
  node: unknown;
}

/**
 * One text in a YAML file that can be replaced without touching anything else.
 */
export class Slot {
  constructor(private readonly position: SlotPosition) {}

  /** The same, as the value of a mapping's pair. */
  of(pair: Pair): Slot {
    return new Slot({ ...this.position, pair });
  }

  get key(): string {
    return this.position.key;
  }

  /** The mapping or list that it is in. */
  get parent(): unknown {
    return this.position.around.at(-1);
  }

  /**
   * The text as it is written, not as YAML reads it: `1.10`, not the number 1.1.
   * Undefined if there is none, or something else than a text.
   */
  get value(): string | undefined {
    const { node, document } = this.position;
    const scalar: unknown = isAlias(node) ? node.resolve(document) : node;
    if (!isScalar(scalar)) {
      return undefined;
    }
    const text =
      scalar.type === 'PLAIN' ? scalar.source : String(scalar.value ?? '');
    return text === '' || (scalar.type === 'PLAIN' && scalar.value === null)
      ? undefined
      : text;
  }

  /**
   * Puts a text there, in the quotes that are there. Without quotes, it gets
   * some if YAML would read it as a number, date or boolean.
   *
   * An alias is replaced by the text, so what it stood for keeps its value.
   *
   * @throws VersionChangeError if it isn't one text, or others share it
   */
  edit(value: string): TextEdit {
    const { file, document, around, node, pair, key } = this.position;
    const at = { key, path: file.path };
    const isText =
      isAlias(node) ||
      node === null ||
      (isScalar(node) &&
        (node.tag === undefined || node.tag === 'tag:yaml.org,2002:str'));
    if (!isText) {
      throw new VersionChangeError({
        code: 'change.version-not-text',
        parameters: at,
      });
    }
    if (isShared(document, [...around, node])) {
      throw new VersionChangeError({
        code: 'change.version-shared',
        parameters: at,
      });
    }
    if (isScalar(node) && node.type?.startsWith('BLOCK')) {
      return this.#editBlock(value);
    }
    const { start, end } =
      isScalar(node) || isAlias(node) ? rangeOf(node) : { start: 0, end: 0 };
    const written =
      isScalar(node) && node.type === 'QUOTE_SINGLE'
        ? `'${value.replaceAll("'", "''")}'`
        : this.#written(value);
    if (start < end) {
      return { start, end, text: written };
    }
    const after = pair && this.#endOfIndicator(pair);
    if (after === undefined) {
      throw new VersionChangeError({
        code: 'change.version-not-text',
        parameters: at,
      });
    }
    return { start: after, end: after, text: ` ${written}` };
  }

  /** With double quotes where they are needed, or usual as in JSON. */
  #written(value: string): string {
    const { node, pair, around } = this.position;
    const isQuoted = isScalar(node) && node.type === 'QUOTE_DOUBLE';
    const parent = around.at(-1);
    const isJson =
      isMap(parent) &&
      parent.flow === true &&
      isScalar(pair?.key) &&
      pair.key.type === 'QUOTE_DOUBLE';
    return isQuoted || isJson || !isPlainText(value)
      ? JSON.stringify(value)
      : value;
  }

  /** Only a block of one line: its text stands once in the file. */
  #editBlock(value: string): TextEdit {
    const { node, file, key } = this.position;
    const text = this.value?.replace(/\n$/, '') ?? '';
    const { start, end } = isScalar(node)
      ? rangeOf(node)
      : { start: 0, end: 0 };
    const block = file.text.slice(start, end);
    const body = block.indexOf('\n') + 1;
    const offset = block.indexOf(text, body);
    if (text === '' || /\s/.test(text) || body === 0 || offset < 0) {
      throw new VersionChangeError({
        code: 'change.version-not-text',
        parameters: { key, path: file.path },
      });
    }
    const from = start + offset;
    return { start: from, end: from + text.length, text: value };
  }

  /** The offset after the colon of a key. */
  #endOfIndicator(pair: Pair): number | undefined {
    const colon = pair.srcToken?.sep?.find(
      ({ type }) => type === 'map-value-ind',
    );
    // Behind an anchor or a tag there is no simple place for a value.
    const isBare = pair.srcToken?.sep?.every(
      ({ type }) => type !== 'anchor' && type !== 'tag',
    );
    return colon && isBare ? colon.offset + colon.source.length : undefined;
  }
}

/** A mapping's pair with a key, as it is written. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(item => isScalar(item.key) && textOf(item.key) === key);
}

/** A scalar as text; of an unquoted one, as it is written. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) {
    return undefined;
  }
  return node.type === 'PLAIN' && node.source !== undefined
    ? node.source
    : String(node.value);
}
