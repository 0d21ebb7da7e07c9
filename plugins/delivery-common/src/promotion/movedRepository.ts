import { repositoryPath } from '../images';

/**
 * Whether two repositories hold the same image, for example because it moved to
 * another registry or folder. They do if the last segment of their names is the
 * same.
 *
 * @internal
 */
export function isMovedRepository(a: string, b: string): boolean {
  const last = (repository: string) =>
    repositoryPath(repository).split('/').pop();
  return a !== b && last(a) === last(b);
}
