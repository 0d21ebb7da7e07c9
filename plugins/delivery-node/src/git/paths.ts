import { InputError } from '@backstage/errors';
import { lstat, realpath } from 'node:fs/promises';
import { dirname, posix, sep } from 'node:path';

/**
 * A symbolic link in the repository must not lead a write out of the clone.
 * Throws an `InputError` if it would.
 *
 * @internal
 */
export async function checkInside(dir: string, target: string, path: string) {
  const parent = await realpath(dirname(target));
  const root = await realpath(dir);
  const link = await lstat(target).then(
    stats => stats.isSymbolicLink(),
    () => false,
  );
  if (link || (parent !== root && !parent.startsWith(root + sep))) {
    throw new InputError(
      `${path} goes through a symbolic link of the repository: name the real path`,
    );
  }
}

/**
 * A path inside a repository, normalized. Throws an `InputError` for one that
 * leaves it, or that goes into `.git`.
 *
 * @internal
 */
export function checkedPath(path: string): string {
  const normal = posix.normalize(path);
  const segments = normal.split('/');
  if (
    posix.isAbsolute(normal) ||
    normal === '.' ||
    segments.includes('..') ||
    segments.some(segment => segment.toLowerCase() === '.git') ||
    path.includes('\\')
  ) {
    throw new InputError(
      `${path} is not a path inside a repository: write it relative to the root, with forward slashes and without ".."`,
    );
  }
  return normal;
}
