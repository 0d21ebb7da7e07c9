import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { DELIVERY_CHANNEL } from '@landfall/backstage-plugin-delivery-common';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { deliveryApiRef } from '../api';
import { isRefused } from '../live';
import { CoalescedTask } from '../live/CoalescedTask';
import { concerns, parseSignal } from '../live/signal';
import { withinTime } from '../live/withinTime';
import { INITIAL_STATE, reduceState, type DeploymentsState } from './state';

/** Signals of one change come together; this gathers them, and is far below what a person notices. */
const GATHER_MS = 50;

/** Only the net below signals: for apps without them, and for a lost connection. */
const POLL_MS = 30_000;

/** While something is on its way, or couldn't be read, a lost signal would be missed sooner. */
const SHORT_POLL_MS = 5_000;

/** A read that hangs must not keep the next one from being made. */
const READ_LIMIT_MS = 20_000;

/** @internal */
export interface LiveDeployments extends DeploymentsState {
  /** Changes are announced by signals; otherwise the page only polls. */
  live: boolean;
  refresh(): void;
}

/**
 * The deployments of an entity, kept fresh: read again when a signal concerns
 * them, when the browser tab becomes visible, and at intervals while it is. What
 * the caller may not see is not asked for again and again.
 * Components that use it are to be keyed by the entity.
 *
 * @internal
 */
export function useDeployments(entityRef: CompoundEntityRef): LiveDeployments {
  const api = useApi(deliveryApiRef);
  // Not every app has the signals plugin installed.
  const signals = useApiHolder().get(signalApiRef);
  const [state, dispatch] = useReducer(reduceState, INITIAL_STATE);
  const { kind, namespace, name } = entityRef;
  const task = useRef<CoalescedTask>();
  const prompted = useRef(false);
  const shown = useRef(state);
  shown.current = state;

  const prompt = useCallback((options?: { immediately: boolean }) => {
    prompted.current = true;
    task.current?.request(options);
  }, []);

  useEffect(() => {
    const reader = new CoalescedTask(async signal => {
      const wasPrompted = prompted.current;
      prompted.current = false;
      dispatch({ type: 'reading' });
      try {
        const data = await withinTime(READ_LIMIT_MS, signal, limited =>
          api.getDeployments({ kind, namespace, name }, { signal: limited }),
        );
        if (!signal.aborted) {
          dispatch({
            type: 'read',
            data,
            at: new Date().toISOString(),
            prompted: wasPrompted,
          });
        }
      } catch (error) {
        if (!signal.aborted) {
          dispatch({ type: 'failed', error: toError(error) });
        }
      }
    }, GATHER_MS);
    task.current = reader;
    reader.request({ immediately: true });

    const onVisibility = () => {
      if (document.visibilityState === 'visible') {
        prompt();
      }
    };
    document.addEventListener('visibilitychange', onVisibility);
    let idleMs = 0;
    const poll = setInterval(() => {
      idleMs += SHORT_POLL_MS;
      const interval = pollInterval(shown.current);
      if (document.visibilityState === 'visible' && idleMs >= interval) {
        idleMs = 0;
        reader.request();
      }
    }, SHORT_POLL_MS);
    return () => {
      reader.stop();
      clearInterval(poll);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [api, kind, namespace, name, prompt]);

  useEffect(() => {
    const subscription = signals?.subscribe(DELIVERY_CHANNEL, message => {
      if (concerns(parseSignal(message), shown.current.data)) {
        prompt();
      }
    });
    return () => subscription?.unsubscribe();
  }, [signals, prompt]);

  const refresh = useCallback(() => prompt({ immediately: true }), [prompt]);
  return { ...state, live: signals !== undefined, refresh };
}

/** How long to wait until the next unprompted read. */
function pollInterval({ data, error }: DeploymentsState): number {
  if (error) {
    return isRefused(error) ? Infinity : SHORT_POLL_MS;
  }
  const underWay = data?.environments.some(({ deployments }) =>
    deployments.some(({ promotion }) => promotion && !promotion.outcome),
  );
  return underWay ? SHORT_POLL_MS : POLL_MS;
}
