import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { deliveryActionsApiRef } from '../api';
import {
  ActionsContext,
  type ActionDialogRequest,
  type Actions,
  type TrackedAttempt,
} from './actionsContext';
import { Attempt } from './Attempt';
import { ActionDialogs } from './dialogs/ActionDialogs';

/**
 * Lets the parts of a page act on applications. It shows the dialog that is open,
 * and keeps what was started, also when the row that started it is gone.
 *
 * @internal
 */
export function ActionsProvider(
  props: PropsWithChildren<{
    /** Of the page; absent on pages about many. */
    entityRef?: CompoundEntityRef;
  }>,
) {
  const { entityRef, children } = props;
  const api = useApiHolder().get(deliveryActionsApiRef);
  const [dialog, setDialog] = useState<ActionDialogRequest>();
  const [tracked, setTracked] = useState<readonly TrackedAttempt[]>([]);
  const all = useRef(tracked);
  all.current = tracked;
  useEffect(
    () => () => all.current.forEach(({ attempt }) => attempt.stop()),
    [],
  );

  const track = useCallback(
    (next: TrackedAttempt) =>
      setTracked(before => [
        ...before.filter(one => one.attempt !== next.attempt),
        next,
      ]),
    [],
  );
  const dismiss = useCallback((attempt: Attempt) => {
    attempt.stop();
    setTracked(before => before.filter(one => one.attempt !== attempt));
  }, []);
  const actions = useMemo<Actions>(
    () => ({
      entityRef,
      open: setDialog,
      start: (target, request) => {
        if (!api) {
          return;
        }
        const attempt = new Attempt();
        track({
          action: request.action,
          entityRef: target.entityRef,
          applications: [target.application],
          attempt,
        });
        attempt.start(async (idempotencyKey, signal) => [
          await api.startAction(target.entityRef, target.application, request, {
            idempotencyKey,
            signal,
          }),
        ]);
      },
      track,
      dismiss,
      tracked,
    }),
    [api, entityRef, track, dismiss, tracked],
  );
  return (
    <ActionsContext.Provider value={actions}>
      {children}
      {dialog && (
        <ActionDialogs request={dialog} onClose={() => setDialog(undefined)} />
      )}
    </ActionsContext.Provider>
  );
}
