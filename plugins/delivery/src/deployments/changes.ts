import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';

/** The latest change of the shown data. @internal */
export interface Change {
  /** How many changes there have been. */
  count: number;
  /** Keys of the deployments that the latest change affected. */
  keys: ReadonlySet<string>;
}

const NO_CHANGE: Change = { count: 0, keys: new Set() };

/** @internal */
export function useChange(data: DeploymentsResponse | undefined): Change {
  const [seen, setSeen] = useState({ data, change: NO_CHANGE });
  if (seen.data !== data) {
    const keys = changedKeys(seen.data, data);
    const { change } = seen;
    setSeen({
      data,
      change: keys.size > 0 ? { count: change.count + 1, keys } : change,
    });
  }
  return seen.change;
}

/**
 * Keys of deployments that are new or differ from before; none on the first read.
 *
 * @internal
 */
export function changedKeys(
  before: DeploymentsResponse | undefined,
  after: DeploymentsResponse | undefined,
): Set<string> {
  const changed = new Set<string>();
  if (!before || !after) {
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
