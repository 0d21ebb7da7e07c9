import type { ApplicationRef } from '../model/application';
import type { ImageVersion } from '../model/promotion';

/**
 * What promotions are grouped by.
 *
 * @public
 */
export interface GroupedPromotion {
  application: ApplicationRef;
  repository: string;
  version: ImageVersion;
  rollback?: boolean;
}

/**
 * One version on its way into several applications.
 *
 * @public
 */
export interface PromotionGroup<P extends GroupedPromotion> {
  /** Stays the same when more promotions are read. */
  id: string;
  /** At least one, at most one per application; in the order of the list. */
  promotions: P[];
}

/**
 * Groups a list of promotions, newest first, by what they bring into applications:
 * the same repository, tag and digest, by a rollback or not. A version without a
 * known digest is never grouped with one that has a digest. A version that comes
 * into an application again begins another group.
 *
 * The groups of the beginning of a list are the beginning of its groups: those that
 * continue on a later page grow, and keep their place.
 *
 * @public
 */
export function groupPromotions<P extends GroupedPromotion>(
  promotions: readonly P[],
): PromotionGroup<P>[] {
  const groups = new Map<string, P[]>();
  const seen = new Map<string, number>();
  for (const promotion of promotions) {
    const key = keyOf(promotion);
    const { instance, namespace, name } = promotion.application;
    const own = JSON.stringify([key, instance, namespace, name]);
    const times = seen.get(own) ?? 0;
    seen.set(own, times + 1);
    const id = times === 0 ? key : `${key} ${times + 1}`;
    groups.set(id, [...(groups.get(id) ?? []), promotion]);
  }
  return [...groups].map(([id, members]) => ({ id, promotions: members }));
}

/** A tag and a digest can't contain a space, and neither can a repository. */
function keyOf({ repository, version, rollback }: GroupedPromotion): string {
  return [
    `${repository}:${version.tag ?? ''}@${version.digest ?? ''}`,
    ...(rollback ? ['rollback'] : []),
  ].join(' ');
}
