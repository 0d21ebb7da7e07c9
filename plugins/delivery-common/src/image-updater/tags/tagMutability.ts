import { globMatches } from './glob';

/**
 * Whether a repository lets tags move to other images.
 *
 * @public
 */
export interface TagMutability {
  /** Applies to tags that match no exception. */
  isMutable: boolean;
  /**
   * Patterns of the tags to which the opposite applies; `*` matches any
   * characters.
   */
  exceptions: readonly string[];
}

/** Whether a tag can move to another image. */
export function isMutableTag(
  { isMutable, exceptions }: TagMutability,
  tag: string,
): boolean {
  const isException = exceptions.some(pattern => globMatches(pattern, tag));
  return isMutable !== isException;
}
