import { useApi } from '@backstage/core-plugin-api';
import type {
  ActionCode,
  VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { deliveryActionsApiRef } from '../../api';
import { formatApplication } from '../../application/applicationParam';
import { Attempt } from '../Attempt';
import type { BulkTarget } from './targets';

/** What was started for several applications. @internal */
export interface BulkAttempts {
  size: number;
  /** Undefined: nothing was started for it. */
  of(target: BulkTarget): Attempt | undefined;
  /** Starts an action for each, every one with its own key. */
  startEach(
    targets: readonly BulkTarget[],
    action: Extract<ActionCode, 'refresh' | 'sync'>,
    reason: string | undefined,
    actionKeyOf: (target: BulkTarget) => string,
  ): void;
  /** Starts one change for all of them. */
  startVersionChange(
    targets: readonly BulkTarget[],
    request: VersionChangeRequest,
    reason: string | undefined,
  ): void;
}

/** @internal */
export function useBulkAttempts(): BulkAttempts {
  const api = useApi(deliveryActionsApiRef);
  const [attempts, setAttempts] = useState<ReadonlyMap<string, Attempt>>(
    new Map(),
  );
  useEffect(
    () => () => attempts.forEach(attempt => attempt.finish()),
    [attempts],
  );
  return {
    size: attempts.size,
    of: ({ application }) => attempts.get(formatApplication(application)),
    startEach: (targets, action, reason, actionKeyOf) =>
      setAttempts(
        new Map(
          targets.map(target => {
            const { entityRef, application } = target;
            const attempt = new Attempt();
            attempt.start(async (idempotencyKey, signal) => [
              await api.startAction(
                entityRef,
                application,
                {
                  action,
                  expected: { actionKey: actionKeyOf(target) },
                  ...(reason && { reason }),
                },
                { idempotencyKey, signal },
              ),
            ]);
            return [formatApplication(application), attempt];
          }),
        ),
      ),
    startVersionChange: (targets, request, reason) => {
      const attempt = new Attempt();
      attempt.start(async (idempotencyKey, signal) => {
        const { items } = await api.startVersionChange(
          { ...request, ...(reason && { reason }) },
          { idempotencyKey, signal },
        );
        return items;
      });
      setAttempts(
        new Map(
          targets.map(({ application }) => [
            formatApplication(application),
            attempt,
          ]),
        ),
      );
    },
  };
}
