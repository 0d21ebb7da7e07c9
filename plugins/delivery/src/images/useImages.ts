import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  DeliveryApi,
  ImageItem,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  pageReads,
  SharedReads,
  useFresh,
  useFreshPages,
  type Fresh,
  type FreshPages,
} from '../live';

/**
 * There are rarely more images than this that are newer than the running one.
 */
const PAGE_SIZE = 50;

/** The API's maximum page size. */
const MAX_LIMIT = 1000;

/** Long, because a repository can have many pages. */
const ALL_IMAGES_TIMEOUT_MS = 120_000;

const pages = new SharedReads<ImagesResponse>();
const wholeRepositories = new SharedReads<ImagesResponse>();

const idOf = ({ repository, digest }: ImageItem) => `${repository}@${digest}`;
const keysOf = ({ keys }: ImagesResponse) => keys;

/**
 * The images of an entity's repositories, newest first, read page by page and
 * kept fresh. All cards of a page share these reads, however many images each
 * card shows.
 *
 * @internal
 */
export function useImages(
  entityRef: CompoundEntityRef,
  options: { repository?: string } = {},
): FreshPages<ImagesResponse> {
  const { repository } = options;
  return useFreshPages({
    entityRef,
    reads: pages,
    id: repository ?? '',
    ...(!repository && { beginning: overview => overview.images }),
    create: api => ({
      ...pageReads<ImagesResponse>({
        load: (request, signal) =>
          api.getImages(entityRef, { ...request, repository }, { signal }),
        idOf,
        pageSize: PAGE_SIZE,
        maxLimit: MAX_LIMIT,
      }),
      keysOf,
    }),
  });
}

/**
 * All images of a repository, kept fresh. `data` is absent until all pages were
 * read.
 *
 * @internal
 */
export function useAllImages(
  entityRef: CompoundEntityRef,
  repository: string,
): Fresh<ImagesResponse> {
  return useFresh({
    entityRef,
    reads: wholeRepositories,
    id: repository,
    create: api => ({
      read: signal => readAllImages(api, { entityRef, repository, signal }),
      keysOf,
      timeoutMs: ALL_IMAGES_TIMEOUT_MS,
    }),
  });
}

async function readAllImages(
  api: DeliveryApi,
  options: {
    entityRef: CompoundEntityRef;
    repository: string;
    signal: AbortSignal;
  },
): Promise<ImagesResponse> {
  const { entityRef, repository, signal } = options;
  const items = new Map<string, ImageItem>();
  let cursor: string | undefined;
  for (;;) {
    const page = await api.getImages(
      entityRef,
      { limit: MAX_LIMIT, cursor, repository },
      { signal },
    );
    for (const item of page.items) {
      items.set(idOf(item), item);
    }
    cursor = page.nextCursor;
    if (cursor === undefined) {
      return { ...page, items: [...items.values()] };
    }
  }
}
