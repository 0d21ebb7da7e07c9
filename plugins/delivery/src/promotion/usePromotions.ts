import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { deliveryApiRef } from '../api';
import type { OutcomeFilter } from './outcome';
import { PromotionReader, type ReaderState } from './PromotionReader';

/** @internal */
export interface PromotionFilters {
  environment?: string;
  outcome?: OutcomeFilter;
}

/** @internal */
export interface Promotions {
  /** Absent until there is anything to show. */
  items?: PromotionItem[];
  hasMore: boolean;
  /** What is shown belongs to other filters, until the answer is here. */
  isStale: boolean;
  isLoadingMore: boolean;
  error?: Error;
  loadMore(): void;
  retry(): void;
}

/**
 * The promotions of an entity, read again whenever `refreshKey` changes. What
 * is shown stays until there is something newer.
 *
 * @internal
 */
export function usePromotions(
  entityRef: CompoundEntityRef,
  { environment, outcome }: PromotionFilters,
  refreshKey: number,
): Promotions {
  const api = useApi(deliveryApiRef);
  const entity = stringifyEntityRef(entityRef);
  const [shown, setShown] = useState<{
    reader: PromotionReader;
    entity: string;
    state: ReaderState;
  }>();
  const [reader, setReader] = useState<PromotionReader>();

  useEffect(() => {
    const created: PromotionReader = new PromotionReader({
      load: (request, signal) =>
        api.getPromotions(
          parseEntityRef(entity),
          { ...request, environment, outcome },
          { signal },
        ),
      onChange: state => {
        if (state.loaded || state.error) {
          setShown({ reader: created, entity, state });
        }
      },
    });
    setReader(created);
    created.read();
    return () => created.stop();
  }, [api, entity, environment, outcome]);

  const lastRefresh = useRef(refreshKey);
  useEffect(() => {
    if (lastRefresh.current !== refreshKey) {
      lastRefresh.current = refreshKey;
      reader?.read();
    }
  }, [reader, refreshKey]);

  const loadMore = useCallback(() => {
    reader?.loadMore();
  }, [reader]);
  const retry = useCallback(() => {
    reader?.read();
  }, [reader]);

  const state = shown?.entity === entity ? shown.state : undefined;
  return {
    items: state?.loaded?.items,
    hasMore: state?.loaded?.nextCursor !== undefined,
    isStale: shown !== undefined && shown.reader !== reader,
    isLoadingMore: state?.isLoadingMore ?? false,
    error: state?.error,
    loadMore,
    retry,
  };
}
