import type {
  PromotionGroup,
  PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { useCallback, useEffect, useState } from 'react';
import { useQueryParam } from '../components/useQueryParam';
import { pointTo, promotionOfHash } from './anchor';

/** @internal */
export type Group = PromotionGroup<PromotionItem>;

/**
 * The ids of the groups that show their promotions. That of the linked promotion
 * shows them from the start. The page's query string keeps the one that was opened
 * last (`group`).
 *
 * @internal
 */
export function useOpenGroups(
  groups: readonly Group[],
  linkedId: string | undefined,
): [open: ReadonlySet<string>, toggle: (group: Group) => void] {
  const [kept, setKept] = useQueryParam('group');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (kept) {
      setOpen(ids => new Set(ids).add(kept));
    }
  }, [kept]);
  const linked =
    linkedId === undefined
      ? undefined
      : groups.find(({ promotions }) =>
          promotions.some(({ id }) => id === linkedId),
        )?.id;
  useEffect(() => {
    if (linked) {
      setOpen(ids => new Set(ids).add(linked));
    }
  }, [linked, linkedId]);
  const toggle = useCallback(
    ({ id, promotions }: Group) => {
      const next = new Set(open);
      if (next.delete(id)) {
        const shown = promotionOfHash(window.location.hash);
        if (promotions.some(promotion => promotion.id === shown)) {
          pointTo(undefined);
        }
        if (kept === id) {
          setKept(undefined);
        }
      } else {
        next.add(id);
        setKept(id);
      }
      setOpen(next);
    },
    [open, kept, setKept],
  );
  return [open, toggle];
}
