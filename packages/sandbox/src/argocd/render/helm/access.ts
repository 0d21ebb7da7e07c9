import { isObject } from '../../json';
import { TemplateError } from './lexer';

/** Follows fields from a value; errors are worded like Go's. */
export function follow(start: unknown, path: string[]): unknown {
  let value = start;
  for (const key of path) {
    if (value === undefined || value === null) {
      throw new TemplateError(`nil pointer evaluating interface {}.${key}`);
    }
    if (!isObject(value)) {
      throw new TemplateError(
        `can't evaluate field ${key} in type ${
          Array.isArray(value) ? '[]interface {}' : typeof value
        }`,
      );
    }
    value = Object.prototype.hasOwnProperty.call(value, key)
      ? value[key]
      : undefined;
  }
  return value;
}

/**
 * The entries that `range` iterates over: lists by index, maps by sorted key,
 * numbers from 0.
 */
export function entriesOf(value: unknown): [unknown, unknown][] | undefined {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => [i, item]);
  }
  if (isObject(value)) {
    const map = value;
    return Object.keys(map)
      .sort()
      .map(key => [key, map[key]]);
  }
  if (typeof value === 'number') {
    return Array.from({ length: value }, (_, i) => [i, i]);
  }
  return undefined;
}
