import {
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ImageItem,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { deliveryApiRef } from '../api';
import { isRefused, useRefresh } from '../live';
import { usePages, type Pages, type PageSource } from '../live/usePages';

/** The most that the API gives at once. */
const MAX_LIMIT = 1000;

const idOf = ({ repository, digest }: ImageItem) => `${repository}@${digest}`;

/**
 * The images of an entity's repositories, newest first and a page at a time,
 * kept fresh. Components that use it are to be keyed by the entity.
 *
 * @internal
 */
export function useImages(
  entityRef: CompoundEntityRef,
  options: { repository?: string; pageSize: number },
): Pages<ImagesResponse> {
  const { repository, pageSize } = options;
  const api = useApi(deliveryApiRef);
  const entity = stringifyEntityRef(entityRef);
  const source = useMemo(
    (): PageSource<ImagesResponse> => ({
      load: (request, signal) =>
        api.getImages(
          parseEntityRef(entity),
          { ...request, repository },
          { signal },
        ),
      idOf,
      pageSize,
      maxLimit: MAX_LIMIT,
      subject: entity,
    }),
    [api, entity, repository, pageSize],
  );
  return useFreshPages(source);
}

/**
 * All images of a repository, kept fresh; `loaded` is absent until all were read.
 *
 * @internal
 */
export function useAllImages(
  entityRef: CompoundEntityRef,
  repository: string,
): Pages<ImagesResponse> {
  const api = useApi(deliveryApiRef);
  const entity = stringifyEntityRef(entityRef);
  const source = useMemo(
    (): PageSource<ImagesResponse> => ({
      load: async (_, signal) => {
        const items = new Map<string, ImageItem>();
        let cursor: string | undefined;
        for (;;) {
          const page = await api.getImages(
            parseEntityRef(entity),
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
      },
      idOf,
      pageSize: MAX_LIMIT,
      maxLimit: MAX_LIMIT,
      subject: `${entity} ${repository}`,
    }),
    [api, entity, repository],
  );
  return useFreshPages(source);
}

function useFreshPages(
  source: PageSource<ImagesResponse>,
): Pages<ImagesResponse> {
  const pages = usePages(source);
  useRefresh({
    refresh: pages.retry,
    keys: pages.loaded?.keys,
    isRefused: isRefused(pages.error),
  });
  return pages;
}
