import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useMemo } from 'react';
import { availabilities, type Availability } from './availability';
import { useOverview } from '../live';

/**
 * The newer version available for each application of an entity, by application
 * key. Empty while the images can't be read, because it only complements the
 * running versions.
 *
 * @internal
 */
export function useAvailabilities(
  entityRef: CompoundEntityRef,
): ReadonlyMap<string, Availability> {
  const images = useOverview(entityRef).data?.images;
  return useMemo(() => (images ? availabilities(images) : new Map()), [images]);
}
