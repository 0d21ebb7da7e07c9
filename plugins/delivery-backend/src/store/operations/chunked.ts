/**
 * SQLite takes at most 500 rows in one insert, and both databases are quicker
 * with a few small statements than with one that lists thousands of values.
 */
const CHUNK = 200;

/** @internal */
export function chunked<T>(items: readonly T[], size = CHUNK): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) {
    chunks.push(items.slice(at, at + size));
  }
  return chunks;
}
