/**
 * How much the annotations of one entity may reference. Only the first entries
 * of a longer list are used, and a problem reports it.
 *
 * @public
 */
export const LOCATOR_LIMITS = {
  /** Names in `argocd/app-name`. */
  names: 50,
  /** Names in `argocd/instance-name`. */
  instances: 20,
  /** ARNs in `aws.amazon.com/amazon-ecr-arn`. */
  repositories: 20,
  /** Repositories that the tags in `aws.amazon.com/amazon-ecr-tags` find. */
  foundRepositories: 100,
  /** UTF-16 code units of one annotation. */
  characters: 4096,
} as const;

/**
 * The part of a list annotation that is used.
 *
 * @internal
 */
export interface BoundedList {
  /** Trimmed, without empty or duplicate entries. */
  items: string[];
  /**
   * What was left out, as text to follow the annotation's name; absent:
   * nothing.
   */
  excess?: { code: 'annotation-too-long' | 'too-many'; message: string };
}

/**
 * Splits an annotation at its commas, within the limits. An entry that the
 * length limit cuts in two isn't used.
 *
 * @internal
 */
export function boundedList(
  text: string | undefined,
  limit: number,
): BoundedList {
  const { characters } = LOCATOR_LIMITS;
  const isLong = text !== undefined && text.length > characters;
  const parts = (isLong ? text.slice(0, characters) : text ?? '').split(',');
  if (isLong && text[characters] !== ',') {
    parts.pop();
  }
  const all = new Set(parts.map(part => part.trim()).filter(Boolean));
  const items = [...all].slice(0, limit);
  if (isLong) {
    return {
      items,
      excess: {
        code: 'annotation-too-long',
        message: `has ${text.length} characters; of the first ${characters}, ${items.length} entries are used`,
      },
    };
  }
  return all.size > limit
    ? {
        items,
        excess: {
          code: 'too-many',
          message: `has ${all.size} entries; only the first ${limit} are used`,
        },
      }
    : { items };
}
