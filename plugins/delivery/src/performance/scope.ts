import type { CompoundEntityRef } from '@backstage/catalog-model';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { PerformanceRequest } from '@landfall/backstage-plugin-delivery-common';

/**
 * What figures are about: one entity, or all services of an owner or a system, or
 * all that the reader may see.
 *
 * @internal
 */
export type PerformanceScope =
  | { entityRef: CompoundEntityRef }
  | { entityRef?: undefined; owner?: string; system?: string };

/** @internal */
export function requestOf(
  scope: PerformanceScope,
): Pick<PerformanceRequest, 'entity' | 'owner' | 'system'> {
  return scope.entityRef
    ? { entity: stringifyEntityRef(scope.entityRef) }
    : { owner: scope.owner, system: scope.system };
}
