import type { PromotionCommit } from '../model/promotion';
import type { KnownRevision } from './types';

/**
 * The commit of a promotion.
 *
 * @param exact - the revision is the commit that made the change
 * @internal
 */
export function promotionCommit(
  { repoUrl, revision }: { repoUrl: string; revision: string },
  known: KnownRevision | undefined,
  exact: boolean,
): PromotionCommit {
  return {
    repoUrl,
    revision,
    ...(known && {
      author: known.author,
      date: known.date,
      message: known.message,
    }),
    exact,
  };
}
