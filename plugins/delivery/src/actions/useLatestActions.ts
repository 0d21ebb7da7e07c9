import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ActionAvailability,
  ActionRecord,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import { deliveryActionsApiRef } from '../api';
import { formatApplication } from '../application/applicationParam';
import { SharedReads, useFresh, useLiveRead, type Fresh } from '../live';
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
const allAvailabilities = new SharedReads<Available>();

/** What the user may do with an application. @internal */
export interface Available {
  /** Of the state that the answer is about. */
  actionKey?: string;
  items: ActionAvailability[];
}

/** The latest actions, the newest first, kept fresh. @internal */
export function useLatestActions(
  entityRef: CompoundEntityRef,
  options?: { isOff?: boolean },
): Fresh<LatestActions> {
  const actionsApi = useApi(deliveryActionsApiRef);
  return useLiveRead(
    {
      entityRef,
      reads: allActions,
      id: 'latest',
      create: () => ({
        read: signal =>
          actionsApi.getActions(entityRef, { limit: LATEST }, { signal }),
        movedAt: ({ items }) => movedAt(items),
      }),
    },
    options,
  ).fresh;
}

/** What the user may do with an application now, kept fresh. @internal */
export function useAvailableActions(props: {
  entityRef: CompoundEntityRef;
  application: ApplicationRef;
}): Fresh<Available> {
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
