import { posix } from 'node:path';
import { RenderError } from './types';

/**
 * Normalizes a path in a repository: no `.`, `..`, or slashes at either end.
 * The root is `''`.
 */
export function normalized(path: string): string {
  return posix.normalize(`/${path}`).slice(1).replace(/\/$/, '');
}

/**
 * Joins a path to a folder; refuses a path that leads out of the repository.
 */
export function join(folder: string, path: string): string {
  const joined = path.startsWith('/') ? path : posix.join(folder, path);
  if (joined.startsWith('..')) {
    throw new RenderError(`${path}: file path outside of the repository`);
  }
  return normalized(joined);
}
