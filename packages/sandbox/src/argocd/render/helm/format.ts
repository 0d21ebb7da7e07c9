import { asObject, isObject } from '../../json';

/**
 * Truth as in Go templates: false, zero, empty and absent values are not true.
 */
export function isTrue(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : Boolean(value);
}

/**
 * Formats a value as a template prints it. Like Helm, it prints nothing for an
 * absent value.
 */
export function format(value: unknown): string {
  return value === undefined || value === null ? '' : plain(value);
}

/** Go's `%v`; maps and lists, which no chart prints, as JSON. */
function plain(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return JSON.stringify(value);
  }
  return value === undefined || value === null ? '<nil>' : String(value);
}

/** `printf` with the verbs that charts use. */
export function sprintf(pattern: string, args: unknown[]): string {
  let next = 0;
  return pattern.replace(/%([sdvq%])/g, (_, verb: string) => {
    if (verb === '%') {
      return '%';
    }
    const text = plain(args[next++]);
    return verb === 'q' ? JSON.stringify(text) : text;
  });
}

/** Follows fields from a value; errors are worded like Go's. */
export function follow(start: unknown, path: string[]): unknown {
  return path.reduce((value, key) => {
    if (value === undefined || value === null) {
      throw new Error(`nil pointer evaluating interface {}.${key}`);
    }
    if (!isObject(value)) {
      throw new Error(`can't evaluate field ${key} in type ${typeof value}`);
    }
    return Object.hasOwn(value, key) ? value[key] : undefined;
  }, start);
}

/** The entries that `range` iterates over: of lists, or of maps by sorted key. */
export function entriesOf(value: unknown): [unknown, unknown][] {
  if (Array.isArray(value)) {
    return value.map((item, i) => [i, item]);
  }
  if (value !== undefined && value !== null && !isObject(value)) {
    throw new Error(`range can't iterate over ${format(value)}`);
  }
  return Object.entries(asObject(value)).sort();
}
