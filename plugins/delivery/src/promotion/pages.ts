import type {
  PromotionItem,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The promotions that were read so far, newest first.
 *
 * @internal
 */
export interface LoadedPromotions {
  items: PromotionItem[];
  /** Where the next page begins; absent when all were read. */
  nextCursor?: string;
}

/**
 * Puts a newly read beginning of the list in place of the old one. What was
 * loaded beyond it stays; but a beginning that has nothing in common with what
 * was loaded would leave a gap, and takes its place altogether.
 *
 * @internal
 */
export function withFirstPage(
  loaded: LoadedPromotions | undefined,
  page: PromotionsResponse,
): LoadedPromotions {
  const { items, nextCursor } = page;
  if (!loaded || nextCursor === undefined) {
    return { items, nextCursor };
  }
  const ids = new Set(items.map(item => item.id));
  const overlap = loaded.items.reduce(
    (found, item, index) => (ids.has(item.id) ? index : found),
    -1,
  );
  const beyond = overlap < 0 ? [] : loaded.items.slice(overlap + 1);
  return beyond.length
    ? { items: [...items, ...beyond], nextCursor: loaded.nextCursor }
    : { items, nextCursor };
}

/**
 * Appends the page that was asked for with `cursor`. If the list ends elsewhere
 * by now, nothing changes: the page would leave a gap.
 *
 * @internal
 */
export function withNextPage(
  loaded: LoadedPromotions,
  cursor: string,
  page: PromotionsResponse,
): LoadedPromotions {
  if (loaded.nextCursor !== cursor) {
    return loaded;
  }
  const ids = new Set(page.items.map(item => item.id));
  return {
    items: [...loaded.items.filter(item => !ids.has(item.id)), ...page.items],
    nextCursor: page.nextCursor,
  };
}
