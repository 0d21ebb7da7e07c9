import { useCallback, useEffect, useState } from 'react';
import { pointTo, promotionOfHash } from './anchor';

/**
 * The ids of the promotions that show their details. The linked promotion shows
 * them from the start, and the page's URL points to the one that was opened last.
 *
 * @internal
 */
export function useExpanded(
  linkedId: string | undefined,
): [expanded: ReadonlySet<string>, toggle: (id: string) => void] {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (linkedId) {
      setExpanded(ids => new Set(ids).add(linkedId));
    }
  }, [linkedId]);
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(expanded);
      if (next.delete(id)) {
        if (promotionOfHash(window.location.hash) === id) {
          pointTo(undefined);
        }
      } else {
        next.add(id);
        pointTo(id);
      }
      setExpanded(next);
    },
    [expanded],
  );
  return [expanded, toggle];
}
