import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  PromotionItem,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  lastMoved,
  pageReads,
  SharedReads,
  useFreshPages,
  type FreshPages,
} from '../live';
import type { OutcomeFilter } from './outcome';

const PAGE_SIZE = 20;

/** The API's maximum page size. */
const MAX_LIMIT = 100;

const reads = new SharedReads<PromotionsResponse>();

/** @internal */
export interface PromotionFilters {
  environment?: string;
  repository?: string;
  outcome?: OutcomeFilter;
}

/** @internal */
export interface Promotions extends FreshPages<PromotionsResponse> {
  /** Absent until there are promotions to show. */
  items?: PromotionItem[];
}

/**
 * The promotions of an entity, newest first, read page by page and kept fresh.
 *
 * @internal
 */
export function usePromotions(
  entityRef: CompoundEntityRef,
  { environment, repository, outcome }: PromotionFilters,
): Promotions {
  const isFiltered = [environment, repository, outcome].some(
    filter => filter !== undefined,
  );
  const promotions = useFreshPages({
    entityRef,
    reads,
    id: JSON.stringify([environment, repository, outcome]),
    ...(!isFiltered && { beginning: overview => overview.promotions }),
    create: api => ({
      ...pageReads<PromotionsResponse>({
        load: (request, signal) =>
          api.getPromotions(
            entityRef,
            { ...request, environment, repository, outcome },
            { signal },
          ),
        idOf: ({ id }) => id,
        pageSize: PAGE_SIZE,
        // The overview has the first page.
        initialSize: isFiltered ? PAGE_SIZE : 2 * PAGE_SIZE,
        maxLimit: MAX_LIMIT,
      }),
      movedAt: ({ items }) => lastMoved(items),
    }),
  });
  return { ...promotions, items: promotions.data?.items };
}
