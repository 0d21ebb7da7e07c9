import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEffect, useRef } from 'react';
import type { FreshState } from './LiveRead';
import type { Page } from './pages';
import { useLiveRead, type Fresh, type FreshSource } from './useFresh';

/** @internal */
export interface FreshPages<P extends Page> extends Fresh<P> {
  hasMore: boolean;
  /** `data` belongs to another list of the entity until this one is read. */
  isStale: boolean;
  loadMore(): void;
}

/**
 * A list that is read page by page and kept fresh; see `pageReads`. When
 * another list of the entity is requested, the previous one stays until the new
 * one has a result.
 *
 * @internal
 */
export function useFreshPages<P extends Page>(
  source: FreshSource<P>,
): FreshPages<P> {
  const { fresh, read } = useLiveRead(source);
  const state = read.getState();
  const entityRef = stringifyEntityRef(source.entityRef);
  const previous = useRef<{ entityRef: string; state: FreshState<P> }>();
  const hasAnswer = state.data !== undefined || state.error !== undefined;
  useEffect(() => {
    if (hasAnswer) {
      previous.current = { entityRef, state };
    }
  }, [hasAnswer, entityRef, state]);

  const isStale = !hasAnswer && previous.current?.entityRef === entityRef;
  const shown = isStale ? previous.current?.state : state;
  return {
    ...fresh,
    ...shown,
    hasMore: shown?.data?.nextCursor !== undefined,
    isStale,
    loadMore: read.readMore,
  };
}
