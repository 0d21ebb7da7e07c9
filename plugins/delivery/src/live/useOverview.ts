import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  OverviewResponse,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { SharedReads } from './SharedReads';
import { useFresh, type Fresh } from './useFresh';

const reads = new SharedReads<OverviewResponse>();

/**
 * Everything that a page shows of an entity at first, in one read that all cards
 * share, kept fresh.
 *
 * @internal
 */
export function useOverview(
  entityRef: CompoundEntityRef,
): Fresh<OverviewResponse> {
  return useFresh({
    entityRef,
    reads,
    id: 'overview',
    create: api => ({
      read: signal => api.getOverview(entityRef, { signal }),
      keysOf: ({ deployments, images }) => [
        ...deployments.environments.flatMap(each =>
          each.deployments.map(({ key }) => key),
        ),
        ...images.keys,
      ],
      movedAt: ({ deployments }) =>
        lastMoved(
          deployments.environments.flatMap(each =>
            each.deployments.flatMap(({ promotion }) => promotion ?? []),
          ),
        ),
    }),
  });
}

/**
 * When the open ones of some promotions last reached a stage; ISO 8601. Undefined if
 * none is open.
 *
 * @internal
 */
export function lastMoved(
  promotions: readonly Pick<Promotion, 'outcome' | 'stages'>[],
): string | undefined {
  return promotions
    .filter(({ outcome }) => !outcome)
    .flatMap(({ stages }) => Object.values(stages))
    .map(({ at }) => at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}
