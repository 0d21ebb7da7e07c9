import { useApi } from '@backstage/core-plugin-api';
import type { ApplicationActionRequest } from '@landfall/backstage-plugin-delivery-common';
import { deliveryActionsApiRef } from '../api';
import type { ActionTarget } from './actionsContext';
import type { Send } from './Attempt';

/** Makes what an `Attempt` sends out of a request for an application. @internal */
export function useSend(
  target: ActionTarget,
): (request: ApplicationActionRequest, reason?: string) => Send {
  const api = useApi(deliveryActionsApiRef);
  const { entityRef, application } = target;
  return (request, reason) => async (idempotencyKey, signal) =>
    [
      await api.startAction(
        entityRef,
        application,
        { ...request, ...(reason && { reason }) },
        { idempotencyKey, signal },
      ),
    ];
}
