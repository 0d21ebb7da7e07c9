/**
 * Whether two JSON values are the same; a property that is undefined counts as
 * absent, as it does once stored.
 *
 * @internal
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    );
  }
  if (isObject(a) && isObject(b)) {
    // Keys can be tags or labels, so an inherited `constructor` must not count.
    for (const key of Object.keys(a)) {
      if (!sameJson(a[key], Object.hasOwn(b, key) ? b[key] : undefined)) {
        return false;
      }
    }
    return Object.keys(b).every(
      key => b[key] === undefined || Object.hasOwn(a, key),
    );
  }
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
