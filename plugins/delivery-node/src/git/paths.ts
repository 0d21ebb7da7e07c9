import { InputError } from '@backstage/errors';
import { posix } from 'node:path';

/**
 * Normalizes a path inside a repository. Throws an `InputError` if the path
 * leaves the repository, enters `.git`, or can't exist in a checkout.
 *
 * @internal
 */
export function checkedPath(path: string): string {
  const normal = posix.normalize(path);
  const segments = normal.split('/');
  if (
    posix.isAbsolute(normal) ||
    normal === '.' ||
    normal.endsWith('/') ||
    segments.includes('..') ||
    segments.some(segment => segment.toLowerCase() === '.git') ||
    path.includes('\\') ||
    // Control characters: no checkout shows them unchanged.
    [...path].some(character => character < ' ' || character === '\x7f')
  ) {
    throw new InputError(
      `${JSON.stringify(
        path,
      )} isn't a path inside a repository. Write it relative to the root, with forward slashes and without ".."`,
    );
  }
  return normal;
}
