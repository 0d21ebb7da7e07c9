import { posix } from 'node:path';
import { RenderError } from './types';

/**
 * Normalizes a path in a repository: no `.`, `..`, or slashes at either end.
 * The root is `''`.
 */
export function normalized(path: string): string {
  const clean = posix.normalize(`/${path}`).slice(1).replace(/\/$/, '');
  return clean === '.' ? '' : clean;
}

/**
 * Joins a path to a folder; refuses a path that leads out of the repository.
 */
export function join(folder: string, path: string): string {
  if (path.startsWith('/')) {
    return normalized(path);
  }
  const joined = posix.normalize(posix.join(folder, path));
  if (joined === '..' || joined.startsWith('../')) {
    throw new RenderError(`${path}: file path outside of the repository`);
  }
  return joined === '.' ? '' : joined.replace(/\/$/, '');
}
