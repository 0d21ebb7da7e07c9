import {
  type Document,
  type Node,
  Pair,
  Scalar,
  YAMLMap,
  type YAMLSeq,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
} from 'yaml';
import { styleOf } from './goYaml';

/** A step of a path such as `containers[0].image`. */
interface Step {
  /** As it is written. */
  text: string;
  key: string;
  index?: number;
}

/**
 * The scalar that a path of a Helm parameter leads to: by nested keys, or by
 * one literal key that has dots.
 *
 * @throws Error when there is none
 */
export function findScalar(document: Document, path: string): Scalar {
  const root = rootMap(document);
  const nested = nestedScalar(document, root, path);
  if (nested) {
    return nested;
  }
  const literal = valueOf(document, root, path);
  if (isScalar(literal)) {
    return literal;
  }
  throw new Error(
    literal
      ? `literal key "${path}" found but is not a scalar value`
      : `key "${path}" not found as nested path or literal key`,
  );
}

function nestedScalar(
  document: Document,
  root: YAMLMap,
  path: string,
): Scalar | undefined {
  let node: Node | undefined = root;
  for (const { key, index } of stepsOf(path)) {
    node = isMap(node) ? valueOf(document, node, key) : undefined;
    if (index !== undefined) {
      node = isSeq(node) ? itemOf(document, node, index) : undefined;
    }
  }
  return isScalar(node) ? node : undefined;
}

/**
 * Sets the value at a path, and makes the keys that aren't there. Here a
 * literal key comes first.
 *
 * @throws Error when the path leads through something else
 */
export function setScalar(
  document: Document,
  path: string,
  value: string,
): void {
  const root = rootMap(document);
  const literal = pairOf(root, path);
  if (literal) {
    const node = document.createNode(null);
    literal.value = isScalar(literal.value)
      ? assign(literal.value, value)
      : node;
    return;
  }
  let current: Node = root;
  const steps = stepsOf(path);
  for (const [at, { text, key, index }] of steps.entries()) {
    const isLast = at === steps.length - 1;
    if (!isMap(current)) {
      throw new Error(`unexpected type ${kindOf(current)} for key ${text}`);
    }
    let next: Node | undefined = valueOf(document, current, key);
    if (!next) {
      next = isLast ? newScalar(value) : new YAMLMap();
      current.items.push(new Pair(newScalar(text), next));
      if (isLast) {
        return;
      }
    } else if (index !== undefined && !isSeq(next)) {
      throw new Error(
        `id ${index} provided when "${key}" is not an yaml array`,
      );
    } else if (isSeq(next)) {
      next = elementOf(document, next, key, index);
    }
    if (isLast) {
      if (!isScalar(next)) {
        throw new Error(`unexpected type ${kindOf(next)} for key ${text}`);
      }
      assign(next, value);
      return;
    }
    if (!isMap(next)) {
      throw new Error(`unexpected type ${kindOf(next)} for key ${text}`);
    }
    current = next;
  }
}

function elementOf(
  document: Document,
  sequence: YAMLSeq,
  key: string,
  index?: number,
): Node {
  if (index === undefined) {
    throw new Error(`no id provided for yaml array "${key}"`);
  }
  const item = itemOf(document, sequence, index);
  if (!item) {
    throw new Error(
      `id ${index} is out of range [0, ${sequence.items.length})`,
    );
  }
  return item;
}

function rootMap(document: Document): YAMLMap {
  const root: unknown = document.contents;
  if (!isMap(root)) {
    throw new Error(
      `unexpected type ${isNode(root) ? kindOf(root) : 'ScalarNode'} for root`,
    );
  }
  return root;
}

function stepsOf(path: string): Step[] {
  return path.split('.').map(text => {
    const match = /^(.*)\[(.*)\]$/.exec(text);
    if (!match) {
      return { text, key: text };
    }
    if (!/^[-+]?\d+$/.test(match[2])) {
      throw new Error(
        `id "${match[2]}" in yaml array must match pattern ^(.*)\\[(.*)\\]$`,
      );
    }
    return { text, key: match[1], index: Number(match[2]) };
  });
}

/** The first pair of a key, as texts are written; a map may have it twice. */
function pairOf(map: YAMLMap, key: string) {
  return map.items.find(({ key: node }) =>
    isScalar(node) ? String(node.value ?? '') === key : node === key,
  );
}

function valueOf(
  document: Document,
  map: YAMLMap,
  key: string,
): Node | undefined {
  return resolved(document, pairOf(map, key)?.value);
}

function itemOf(
  document: Document,
  sequence: YAMLSeq,
  index: number,
): Node | undefined {
  return index < 0 ? undefined : resolved(document, sequence.items[index]);
}

function resolved(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) {
    return node.resolve(document);
  }
  return isNode(node) ? node : undefined;
}

/** Keeps quotes, comments and anchors; what had no quotes gets them if the text needs them. */
function assign(scalar: Scalar, value: string): Scalar {
  scalar.value = value;
  if (scalar.type === undefined || scalar.type === 'PLAIN') {
    scalar.type = styleOf(value);
  }
  return scalar;
}

function newScalar(value: string): Scalar {
  return assign(new Scalar(value), value);
}

function kindOf(node: Node): string {
  if (isMap(node)) {
    return 'MappingNode';
  }
  if (isSeq(node)) {
    return 'SequenceNode';
  }
  return isAlias(node) ? 'AliasNode' : 'ScalarNode';
}
