import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type {
  PromotionItem,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { deliveryApiRef } from '../api';
import { usePages, type Pages, type PageSource } from '../live/usePages';
import type { OutcomeFilter } from './outcome';

const PAGE_SIZE = 20;
/** The most that the API gives at once. */
const MAX_LIMIT = 100;

/** @internal */
export interface PromotionFilters {
  environment?: string;
  outcome?: OutcomeFilter;
}

/** @internal */
export interface Promotions extends Omit<Pages<PromotionsResponse>, 'loaded'> {
  /** Absent until there is anything to show. */
  items?: PromotionItem[];
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
  const source = useMemo(
    (): PageSource<PromotionsResponse> => ({
      load: (request, signal) =>
        api.getPromotions(
          parseEntityRef(entity),
          { ...request, environment, outcome },
          { signal },
        ),
      idOf: ({ id }) => id,
      pageSize: PAGE_SIZE,
      maxLimit: MAX_LIMIT,
      subject: entity,
    }),
    [api, entity, environment, outcome],
  );
  const { loaded, ...rest } = usePages(source, refreshKey);
  return { items: loaded?.items, ...rest };
}
