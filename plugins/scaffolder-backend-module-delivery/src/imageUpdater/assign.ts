import type { JsonValue } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isNode, isScalar, isSeq } from 'yaml';

/**
 * Makes a part of a document equal to a value. Nodes that stay keep their
 * comments and style.
 */
export function assign(
  document: Document,
  path: readonly (string | number)[],
  value: JsonValue,
): void {
  const node = document.getIn(path, true);
  if (isMap(node) && isObject(value)) {
    const keys = node.items.map(({ key }) =>
      isScalar(key) ? String(key.value) : String(key),
    );
    keys
      .filter(key => !Object.hasOwn(value, key))
      .forEach(key => document.deleteIn([...path, key]));
    for (const [key, inner] of Object.entries(value)) {
      assign(document, [...path, key], inner ?? null);
    }
  } else if (isSeq(node) && Array.isArray(value)) {
    node.items.splice(value.length);
    value.forEach((inner, index) => assign(document, [...path, index], inner));
  } else if (!isNode(node) || !isDeepStrictEqual(node.toJS(document), value)) {
    document.setIn(
      path,
      typeof value === 'object' && value !== null
        ? document.createNode(value)
        : value,
    );
  }
}

function isObject(
  value: JsonValue,
): value is Record<string, JsonValue | undefined> & JsonValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
