import type {
  ActionRecord,
  PromotionGroup,
  PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import type { PromotionFilters } from './usePromotions';
import { startedAt } from './stages';

/** A version on its way, or something that somebody did. @internal */
export type TimelineItem =
  | { group: PromotionGroup<PromotionItem> }
  | { record: ActionRecord };

/**
 * Puts actions of people among groups of promotions, all newest first. Actions that
 * are older than the promotions read so far wait for their place.
 *
 * @internal
 * @param options.hasMore - there are older promotions that aren't read yet
 */
export function toTimeline(
  groups: readonly PromotionGroup<PromotionItem>[],
  records: readonly ActionRecord[],
  options: { hasMore: boolean },
): TimelineItem[] {
  const items: TimelineItem[] = [];
  const rest = [...records].sort(
    (a, b) => Date.parse(b.requestedAt) - Date.parse(a.requestedAt),
  );
  for (const group of groups) {
    const begin = beginOf(group);
    while (rest.length > 0 && begin < Date.parse(rest[0].requestedAt)) {
      items.push(...rest.splice(0, 1).map(record => ({ record })));
    }
    items.push({ group });
  }
  if (!options.hasMore) {
    items.push(...rest.map(record => ({ record })));
  }
  return items;
}

/** Promotions without any time keep their place. */
function beginOf({ promotions }: PromotionGroup<PromotionItem>): number {
  const times = promotions.flatMap(promotion => {
    const at = startedAt(promotion);
    return at === undefined ? [] : [Date.parse(at)];
  });
  return times.length > 0 ? Math.max(...times) : Infinity;
}

/**
 * The actions that match the filters of the list. Outcomes are those of promotions,
 * and only an action in Git is about one image.
 *
 * @internal
 */
export function matchingRecords(
  records: readonly ActionRecord[],
  { environment, repository, outcome }: PromotionFilters,
): ActionRecord[] {
  return outcome
    ? []
    : records.filter(
        record =>
          (!environment || record.environment === environment) &&
          (!repository || record.version?.repository === repository),
      );
}
