import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useMemo } from 'react';
import { availabilities, type Availability } from './availability';
import { useImages } from './useImages';

/**
 * Which newer version there is for each application of an entity, by their keys.
 * Nothing as long as that can't be read: it only adds to what runs.
 *
 * @internal
 */
export function useAvailabilities(
  entityRef: CompoundEntityRef,
): ReadonlyMap<string, Availability> {
  const { data } = useImages(entityRef);
  return useMemo(() => (data ? availabilities(data) : new Map()), [data]);
}
