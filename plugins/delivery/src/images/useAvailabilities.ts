import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useMemo } from 'react';
import { availabilities, type Availability } from './availability';
import { useImages } from './useImages';

/** Newer ones than what runs are rarely more. */
const PAGE_SIZE = 50;

/**
 * Which newer version there is for each application of an entity, by their keys.
 * Nothing as long as that can't be read: it only adds to what runs.
 *
 * @internal
 */
export function useAvailabilities(
  entityRef: CompoundEntityRef,
): ReadonlyMap<string, Availability> {
  const { loaded } = useImages(entityRef, { pageSize: PAGE_SIZE });
  return useMemo(() => (loaded ? availabilities(loaded) : new Map()), [loaded]);
}
