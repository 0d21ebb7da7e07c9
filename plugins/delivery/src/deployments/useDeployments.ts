import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { useOverview, type Fresh } from '../live';
import { useChange, type Change } from './changes';

/** @internal */
export interface LiveDeployments extends Fresh<DeploymentsResponse> {
  change: Change;
}

/**
 * The deployments of an entity, kept fresh. Key components that use it by the
 * entity.
 *
 * @internal
 */
export function useDeployments(entityRef: CompoundEntityRef): LiveDeployments {
  const overview = useOverview(entityRef);
  const data = overview.data?.deployments;
  return { ...overview, data, change: useChange(data) };
}
