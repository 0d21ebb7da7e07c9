/** The value at a path inside a JSON value, or undefined if there is none. */
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

/** The elements of a list, or an empty list if the value isn't one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a string, otherwise the empty string. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
