import type { CommitsResolved } from '../../model/observation';
import { isSameRange } from '../commitRanges';
import type { PromotionDraft } from '../PromotionDraft';

/**
 * Remembers the commits of a range.
 *
 * @internal
 * @returns whether they weren't known yet
 */
export function recordCommits(
  draft: PromotionDraft,
  { ref, repoUrl, from, to, commits }: CommitsResolved,
): boolean {
  const { instance, namespace, name } = draft.ref;
  const range = { repoUrl, from, to };
  if (
    ref.instance !== instance ||
    ref.namespace !== namespace ||
    ref.name !== name ||
    draft.commits.some(known => isSameRange(known, range))
  ) {
    return false;
  }
  draft.commits = [...draft.commits, { ...range, commits }];
  return true;
}
