import { useEffect, useState } from 'react';
import { promotionOfHash } from './anchor';
import type { Promotions } from './usePromotions';

/** How many promotions are loaded automatically to find a link's target. */
const LOOKED_THROUGH = 100;

/**
 * The promotion that the page's URL points to. Further pages are loaded until
 * it is found, up to a limit.
 *
 * @internal
 */
export function useLinkedPromotion(promotions: Promotions): {
  id?: string;
  isMissing: boolean;
} {
  const [id, setId] = useState(() => promotionOfHash(window.location.hash));
  useEffect(() => {
    const update = () => setId(promotionOfHash(window.location.hash));
    window.addEventListener('hashchange', update);
    return () => window.removeEventListener('hashchange', update);
  }, []);

  const { items, hasMore, isStale, isReadingMore, error, loadMore } =
    promotions;
  const isLookedFor =
    id !== undefined &&
    items !== undefined &&
    !isStale &&
    !items.some(item => item.id === id);
  const isMoreNeeded =
    isLookedFor && hasMore && !error && items.length < LOOKED_THROUGH;
  useEffect(() => {
    if (isMoreNeeded && !isReadingMore) {
      loadMore();
    }
  }, [isMoreNeeded, isReadingMore, loadMore]);
  return { id, isMissing: isLookedFor && !isMoreNeeded && !error };
}
