import { createHash } from 'node:crypto';

/**
 * A short name of a repository that doesn't tell what it is, for signals.
 *
 * @internal
 */
export function repositoryKey(repository: string): string {
  return hashOf(['repository', repository]);
}

/**
 * A short name of some tags of AWS, in whichever order they come: the primary
 * key of the search for them, and what signals carry.
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
