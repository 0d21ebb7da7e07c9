import type {
  FleetResponse,
  FleetService,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef } from 'react';
import {
  type Fresh,
  type FreshState,
  pageReads,
  SharedReads,
  useScopedRead,
} from '../live';
import type { FleetFilters } from './useFleetFilters';

const PAGE_SIZE = 50;

/** The API's maximum page size. */
const MAX_LIMIT = 200;

/** In a large fleet, something changes all the time. */
const MIN_INTERVAL_MS = 5000;

/**
 * The services read so far, with what is known of all that match.
 */
interface FleetList extends Omit<FleetResponse, 'services'> {
  items: FleetService[];
}

/** @internal */
export interface LiveFleet extends Fresh<FleetList> {
  hasMore: boolean;
  /** `data` has other filters until the list with these is read. */
  isStale: boolean;
  loadMore(): void;
}

const reads = new SharedReads<FleetList>();

/**
 * The services that match the filters, read page by page and kept fresh. When the
 * filters change, the previous list stays until the new one has a result.
 *
 * @internal
 */
export function useFleet(filters: FleetFilters): LiveFleet {
  const { fresh, read } = useScopedRead('fleet', {
    reads,
    id: JSON.stringify(filters),
    create: api => ({
      ...pageReads<FleetList>({
        load: async (request, signal) =>
          toList(await api.getFleet({ ...filters, ...request }, { signal })),
        idOf: ({ entityRef }) => entityRef,
        pageSize: PAGE_SIZE,
        maxLimit: MAX_LIMIT,
      }),
      keysOf: ({ keys }) => keys,
      minIntervalMs: MIN_INTERVAL_MS,
    }),
  });
  const { shown, isStale } = useUntilRead(fresh);
  return {
    ...fresh,
    ...shown,
    hasMore: shown.data?.nextCursor !== undefined,
    isStale,
    loadMore: read.readMore,
  };
}

function toList({ services, ...rest }: FleetResponse): FleetList {
  return { ...rest, items: services };
}

/** The state of the previous filters until these have a result. */
function useUntilRead(state: FreshState<FleetList>): {
  shown: FreshState<FleetList>;
  isStale: boolean;
} {
  const previous = useRef<FreshState<FleetList>>();
  const hasAnswer = state.data !== undefined || state.error !== undefined;
  useEffect(() => {
    if (hasAnswer) {
      previous.current = state;
    }
  });
  const stale = hasAnswer ? undefined : previous.current;
  return { shown: stale ?? state, isStale: stale !== undefined };
}
