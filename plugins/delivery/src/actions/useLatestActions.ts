import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import type {
  ActionRecord,
  ApplicationRef,
  AvailableActions,
  DeliveryActionsApi,
} from '@landfall/backstage-plugin-delivery-common';
import { deliveryActionsApiRef } from '../api';
import { formatApplication } from '../application/applicationParam';
import {
  SharedReads,
  useFresh,
  useLiveRead,
  type Fresh,
  type FreshSource,
} from '../live';
import { isOver } from './records/states';

/** How many of an entity's latest actions are read. */
const LATEST = 50;

/** The latest actions on the applications of an entity. @internal */
export interface LatestActions {
  items: ActionRecord[];
  /** There are more. */
  nextCursor?: string;
}

const allActions = new SharedReads<LatestActions>();
const allAvailabilities = new SharedReads<AvailableActions>();

/** The latest actions, the newest first, kept fresh. @internal */
export function useLatestActions(
  entityRef: CompoundEntityRef,
): Fresh<LatestActions> {
  const actionsApi = useApi(deliveryActionsApiRef);
  return useFresh(actionsSource(entityRef, actionsApi));
}

/**
 * The latest actions for a page's timeline; undefined where the app has no API for
 * actions.
 *
 * @internal
 */
export function useTimelineActions(
  entityRef: CompoundEntityRef,
): Fresh<LatestActions> | undefined {
  const actionsApi = useApiHolder().get(deliveryActionsApiRef);
  const { fresh } = useLiveRead(actionsSource(entityRef, actionsApi), {
    isOff: actionsApi === undefined,
  });
  return actionsApi && fresh;
}

function actionsSource(
  entityRef: CompoundEntityRef,
  actionsApi: DeliveryActionsApi | undefined,
): FreshSource<LatestActions> {
  return {
    entityRef,
    reads: allActions,
    id: 'latest',
    create: () => ({
      read: async signal =>
        actionsApi?.getActions(entityRef, { limit: LATEST }, { signal }) ?? {
          items: [],
        },
      movedAt: ({ items }) => movedAt(items),
    }),
  };
}

/** What the user may do with an application now, kept fresh. @internal */
export function useAvailableActions(props: {
  entityRef: CompoundEntityRef;
  application: ApplicationRef;
}): Fresh<AvailableActions> {
  const { entityRef, application } = props;
  const actionsApi = useApi(deliveryActionsApiRef);
  return useFresh({
    entityRef,
    reads: allAvailabilities,
    id: formatApplication(application),
    create: () => ({
      read: signal =>
        actionsApi.getAvailableActions(entityRef, application, { signal }),
    }),
  });
}

/** When an action last got further; undefined if none is under way. */
function movedAt(items: readonly ActionRecord[]): string | undefined {
  return items
    .filter(({ state }) => !isOver(state) && state !== 'waiting')
    .map(({ changedAt }) => changedAt)
    .sort()
    .at(-1);
}
