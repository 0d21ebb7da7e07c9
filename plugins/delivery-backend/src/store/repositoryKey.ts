import { createHash } from 'node:crypto';

/**
 * A short name of a repository, from which `SignalKeys` derives the signals' key.
 *
 * @internal
 */
export function repositoryKey(repository: string): string {
  return hashOf(['repository', repository]);
}

/**
 * A short name of a set of AWS tags, whatever their order: the primary key of
 * the search for them, from which `SignalKeys` derives the signals' key.
 *
 * @internal
 */
export function searchKey(tags: Record<string, string>): string {
  return hashOf([
    'tags',
    Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('hex')
    .slice(0, 32);
}
