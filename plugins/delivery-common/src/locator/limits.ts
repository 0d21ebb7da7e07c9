import type { Message } from '../messages';
import type { EntityProblem } from './problem';

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
  /** Why entries were left out; absent: none was. */
  problem?: EntityProblem<'annotation-too-long' | 'too-many'>;
}

/**
 * Splits an annotation at its commas, within the limits. An entry that the
 * length limit cuts in two isn't used.
 *
 * @internal
 * @param options - the annotation's name, how many entries are used, and what to
 * do if there are more
 */
export function boundedList(
  text: string | undefined,
  options: { annotation: string; limit: number; advice: Message },
): BoundedList {
  const { annotation, limit, advice } = options;
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
      problem: {
        code: 'annotation-too-long',
        parameters: {
          annotation,
          characters: String(text.length),
          limit: String(characters),
        },
        advice,
      },
    };
  }
  return all.size > limit
    ? {
        items,
        problem: {
          code: 'too-many',
          parameters: {
            annotation,
            entries: String(all.size),
            limit: String(limit),
          },
          advice,
        },
      }
    : { items };
}
