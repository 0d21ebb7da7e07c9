import type { ErrorLike } from '@backstage/errors';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';

/**
 * What a page knows of an entity's deployments. `data` is the last that could
 * be read and stays when a later read fails.
 *
 * @internal
 */
export interface DeploymentsState {
  data?: DeploymentsResponse;
  /** When `data` was read; ISO 8601. */
  readAt?: string;
  /** Why the latest read failed. */
  error?: ErrorLike;
  reading: boolean;
  /** Another number after every read that can have changed the promotions. */
  revision: number;
  /** The latest change: how many there have been, and which deployments it touched. */
  change: { count: number; keys: ReadonlySet<string> };
}

/** @internal */
export type DeploymentsEvent =
  | { type: 'reading' }
  | {
      type: 'read';
      data: DeploymentsResponse;
      at: string;
      /** Something said that there is news, or a person asked. */
      prompted: boolean;
    }
  | { type: 'failed'; error: ErrorLike };

/** @internal */
export const INITIAL_STATE: DeploymentsState = {
  reading: true,
  revision: 0,
  change: { count: 0, keys: new Set() },
};

/** @internal */
export function reduceState(
  state: DeploymentsState,
  event: DeploymentsEvent,
): DeploymentsState {
  switch (event.type) {
    case 'reading':
      return { ...state, reading: true };
    case 'failed':
      return { ...state, reading: false, error: event.error };
    case 'read': {
      const changed = changedKeys(state.data, event.data);
      const news = event.prompted || changed.size > 0;
      return {
        data: event.data,
        readAt: event.at,
        reading: false,
        revision: state.data && news ? state.revision + 1 : state.revision,
        change:
          changed.size > 0
            ? { count: state.change.count + 1, keys: changed }
            : state.change,
      };
    }
    default:
      return state;
  }
}

/** Keys of deployments that are new or read differently than before; none on the first read. */
function changedKeys(
  before: DeploymentsResponse | undefined,
  after: DeploymentsResponse,
): Set<string> {
  const changed = new Set<string>();
  if (!before) {
    return changed;
  }
  const known = fingerprints(before);
  for (const [key, fingerprint] of fingerprints(after)) {
    if (known.get(key) !== fingerprint) {
      changed.add(key);
    }
  }
  return changed;
}

function fingerprints(response: DeploymentsResponse): Map<string, string> {
  return new Map(
    response.environments.flatMap(({ environment, deployments }) =>
      deployments.map(deployment => [
        deployment.key,
        `${environment} ${JSON.stringify(deployment)}`,
      ]),
    ),
  );
}
