import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  VersionItem,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  pageReads,
  SharedReads,
  useFreshPages,
  type FreshPages,
} from '../live';

const PAGE_SIZE = 10;

/** The API's maximum page size. */
const MAX_LIMIT = 100;

const reads = new SharedReads<VersionsResponse>();

/**
 * The versions of an image of an entity, newest first, read page by page and kept
 * fresh.
 *
 * @internal
 * @param options.repository - default: the entity's own image
 */
export function useVersions(
  entityRef: CompoundEntityRef,
  { repository }: { repository?: string },
): FreshPages<VersionsResponse> {
  return useFreshPages({
    entityRef,
    reads,
    id: repository ?? '',
    create: api => ({
      ...pageReads<VersionsResponse>({
        load: (request, signal) =>
          api.getVersions(entityRef, { ...request, repository }, { signal }),
        idOf: ({ id }) => id,
        pageSize: PAGE_SIZE,
        maxLimit: MAX_LIMIT,
      }),
      movedAt: response => lastMoved(shownVersions(response)),
    }),
  });
}

/**
 * The read versions, and those of later pages that run or are on their way, newest
 * first.
 *
 * @internal
 */
export function shownVersions({
  items,
  older = [],
}: Pick<VersionsResponse, 'items' | 'older'>): VersionItem[] {
  const read = new Set(items.map(({ id }) => id));
  return [...items, ...older.filter(({ id }) => !read.has(id))];
}

/** When a version that is on its way last reached a stage; ISO 8601. */
function lastMoved(items: readonly VersionItem[]): string | undefined {
  return items
    .flatMap(({ cells }) => cells.flatMap(({ states }) => states))
    .filter(({ state }) => state === 'on-its-way')
    .flatMap(({ at }) => at ?? [])
    .sort()
    .at(-1);
}
