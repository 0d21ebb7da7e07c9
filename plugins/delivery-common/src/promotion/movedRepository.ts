import { repositoryPath } from '../images';

/**
 * Whether two repositories hold the same image, by the name without the
 * registry: it is then the same image moved to another registry.
 *
 * @internal
 */
export function isSameImageElsewhere(a: string, b: string): boolean {
  const last = (repository: string) =>
    repositoryPath(repository).split('/').pop();
  return a !== b && last(a) === last(b);
}
