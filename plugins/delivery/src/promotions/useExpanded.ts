import { useCallback, useEffect, useState } from 'react';

/**
 * Which promotions show their details, by id; the one that was linked to does
 * from the start.
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
  const toggle = useCallback((id: string) => {
    setExpanded(ids => {
      const next = new Set(ids);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  }, []);
  return [expanded, toggle];
}
