import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { SharedReads, useFresh, type Fresh } from '../live';
import { useChange, type Change } from './changes';

const reads = new SharedReads<DeploymentsResponse>();

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
  const fresh = useFresh({
    entityRef,
    reads,
    id: 'deployments',
    create: api => ({
      read: signal => api.getDeployments(entityRef, { signal }),
      keysOf: ({ environments }) =>
        environments.flatMap(({ deployments }) =>
          deployments.map(({ key }) => key),
        ),
      isUnderWay: ({ environments }) =>
        environments.some(({ deployments }) =>
          deployments.some(({ promotion }) => promotion && !promotion.outcome),
        ),
    }),
  });
  return { ...fresh, change: useChange(fresh.data) };
}
