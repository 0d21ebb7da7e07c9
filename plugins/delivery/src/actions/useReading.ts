import { useEffect, useRef } from 'react';

/**
 * Reads something whenever a text changes that identifies it, and aborts the reading
 * before. Other renders read nothing again.
 *
 * @internal
 */
export function useReading(
  id: string,
  begin: (signal: AbortSignal) => void,
): void {
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => {
    const controller = new AbortController();
    latest.current(controller.signal);
    return () => controller.abort();
  }, [id]);
}
