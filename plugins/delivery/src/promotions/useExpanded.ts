import { useCallback, useEffect, useState } from 'react';

/**
 * The ids of the promotions that show their details. The linked promotion shows
 * them from the start.
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
