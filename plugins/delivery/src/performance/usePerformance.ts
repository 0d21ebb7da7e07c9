import type { PerformanceResponse } from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef } from 'react';
import { SharedReads, useScopedRead, type Fresh } from '../live';
import { requestOf, type PerformanceScope } from './scope';
import { periodOf, type Selection } from './selection';

const reads = new SharedReads<PerformanceResponse>();

/** @internal */
export interface Performance extends Fresh<PerformanceResponse> {
  /** `data` belongs to another selection until this one is read. */
  isStale: boolean;
}

/**
 * The figures of a selection, kept fresh. Until they are read, those of the previous
 * selection stay.
 *
 * @internal
 */
export function usePerformance(
  scope: PerformanceScope,
  selection: Selection,
): Performance {
  const request = {
    ...requestOf(scope),
    ...periodOf(selection, new Date()),
    environment: selection.environment,
  };
  const subject = JSON.stringify(requestOf(scope));
  const { fresh } = useScopedRead(`performance ${subject}`, {
    reads,
    id: JSON.stringify(request),
    create: api => ({
      read: signal => api.getPerformance(request, { signal }),
      // Polling is enough for figures of whole days.
      keysOf: () => [],
    }),
  });
  const previous = useRef<{ subject: string; data: PerformanceResponse }>();
  const { data } = fresh;
  useEffect(() => {
    if (data) {
      previous.current = { subject, data };
    }
  });
  const stale =
    !data && previous.current?.subject === subject
      ? previous.current.data
      : undefined;
  return { ...fresh, data: data ?? stale, isStale: stale !== undefined };
}
