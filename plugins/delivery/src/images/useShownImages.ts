import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import type { FreshPages } from '../live';
import { useImages } from './useImages';

/**
 * The newest images of an entity, as many at a time as a card has room for.
 * Reads another page only when all loaded images are shown.
 *
 * @internal
 */
export function useShownImages(
  entityRef: CompoundEntityRef,
  options: { repository?: string; pageSize: number },
): FreshPages<ImagesResponse> {
  const { repository, pageSize } = options;
  const images = useImages(entityRef, { repository });
  const [wanted, setWanted] = useState({ repository, count: pageSize });
  const count = wanted.repository === repository ? wanted.count : pageSize;
  const { data, hasMore } = images;
  if (!data) {
    return images;
  }
  return {
    ...images,
    data: { ...data, items: data.items.slice(0, count) },
    hasMore: hasMore || data.items.length > count,
    loadMore: () => {
      const next = count + pageSize;
      setWanted({ repository, count: next });
      if (hasMore && data.items.length < next) {
        images.loadMore();
      }
    },
  };
}
