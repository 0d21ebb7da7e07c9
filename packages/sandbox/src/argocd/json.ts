/** A JSON object of unknown shape, received over the wire or read from YAML. */
export type Obj = Record<string, unknown>;

export function isObject(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, otherwise an empty object. */
export function asObject(value: unknown): Obj {
  return isObject(value) ? value : {};
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The string entries of a list; other entries are dropped. */
export function asStrings(value: unknown): string[] {
  return asArray(value).filter(v => typeof v === 'string');
}

/**
 * The entries of a map as strings, as in labels and annotations. Numbers and
 * booleans are converted, other values are dropped.
 */
export function asStringMap(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asObject(value)).flatMap(([key, entry]) =>
      ['string', 'number', 'boolean'].includes(typeof entry)
        ? [[key, String(entry)]]
        : [],
    ),
  );
}

/** The list, or `undefined` in place of an empty one, which JSON leaves out. */
export function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length ? list : undefined;
}

/**
 * Follows a path of keys and indexes; returns `undefined` as soon as a step is
 * missing.
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current: unknown = value;
  for (const key of path) {
    if (typeof key === 'number') {
      current = asArray(current)[key];
    } else {
      current =
        isObject(current) && Object.hasOwn(current, key)
          ? current[key]
          : undefined;
    }
  }
  return current;
}

/**
 * Compares JSON values regardless of key order; a field that is `undefined`
 * counts as absent.
 */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((v, i) => jsonEqual(v, b[i]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every(key => jsonEqual(a[key], b[key]));
  }
  return false;
}

/** JSON merge patch (RFC 7386). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) {
    return patch;
  }
  const result: Obj = { ...asObject(target) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = mergePatch(result[key], value);
    }
  }
  return result;
}
