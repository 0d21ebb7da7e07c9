/** What stands at a path inside a JSON value; undefined where there is nothing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((part, key) => {
    if (Array.isArray(part) && typeof key === 'number') {
      return part.at(key);
    }
    return isObject(part) ? part[key] : undefined;
  }, value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of a list; none where there is no list. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or the empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
