import { stringifyEntityRef } from '@backstage/catalog-model';
import type { OverviewResponse } from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef, useState } from 'react';
import type { FreshState } from './LiveRead';
import type { Page } from './pages';
import { useLiveRead, type Fresh, type FreshSource } from './useFresh';
import { useOverview } from './useOverview';

/** @internal */
export interface FreshPages<P extends Page> extends Fresh<P> {
  hasMore: boolean;
  /** `data` belongs to another list of the entity until this one is read. */
  isStale: boolean;
  loadMore(): void;
}

/** @internal */
export interface PagesSource<P extends Page> extends FreshSource<P> {
  /**
   * The beginning of the list, if the entity's overview has it. Then nothing else
   * is read until more of the list is wanted.
   */
  beginning?(overview: OverviewResponse): P;
}

/**
 * A list that is read page by page and kept fresh; see `pageReads`. When
 * another list of the entity is requested, the previous one stays until the new
 * one has a result.
 *
 * @internal
 */
export function useFreshPages<P extends Page>(
  source: PagesSource<P>,
): FreshPages<P> {
  const { beginning, id } = source;
  const overview = useOverview(source.entityRef);
  const [extended, setExtended] = useState<string>();
  const isBeginning = beginning !== undefined && extended !== id;
  const { fresh, read } = useLiveRead(source, { isOff: isBeginning });

  const first: FreshState<P> | undefined = beginning && {
    ...overview,
    data: overview.data && beginning(overview.data),
  };
  const isReadingMore = !isBeginning && !fresh.data && !fresh.error;
  const state: FreshState<P> =
    first && (isBeginning || !fresh.data)
      ? {
          ...first,
          error: fresh.error ?? first.error,
          isReadingMore: first.data !== undefined && isReadingMore,
        }
      : fresh;
  const { shown, isStale } = useUntilRead(source, state);
  return {
    ...fresh,
    ...shown,
    hasMore: shown.data?.nextCursor !== undefined,
    isStale,
    loadMore: isBeginning ? () => setExtended(id) : read.readMore,
  };
}

/** The state of another list of the entity until this one has a result. */
function useUntilRead<P extends Page>(
  source: FreshSource<P>,
  state: FreshState<P>,
): { shown: FreshState<P>; isStale: boolean } {
  const entityRef = stringifyEntityRef(source.entityRef);
  const previous = useRef<{ entityRef: string; state: FreshState<P> }>();
  const { data, error } = state;
  const hasAnswer = data !== undefined || error !== undefined;
  useEffect(() => {
    if (hasAnswer) {
      previous.current = { entityRef, state };
    }
  });
  const stale =
    !hasAnswer && previous.current?.entityRef === entityRef
      ? previous.current.state
      : undefined;
  return { shown: stale ?? state, isStale: stale !== undefined };
}
