import type { VersionsResponse } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { shownVersions } from './useVersions';

/** The latest change of the shown cells. @internal */
export interface CellChange {
  /** How many changes there have been. */
  count: number;
  /** Keys of the cells that the latest change affected. */
  keys: ReadonlySet<string>;
}

const NO_CHANGE: CellChange = { count: 0, keys: new Set() };

/** @internal */
export function cellKey(id: string, environment: string): string {
  return JSON.stringify([id, environment]);
}

/**
 * Which cells changed since the data was read before. A list that is only longer
 * than before, or of another image, has no changed cells.
 *
 * @internal
 */
export function useChangedCells(
  data: VersionsResponse | undefined,
): CellChange {
  const [seen, setSeen] = useState({ data, change: NO_CHANGE });
  if (seen.data !== data) {
    const keys = changedCells(seen.data, data);
    const { change } = seen;
    setSeen({
      data,
      change: keys.size > 0 ? { count: change.count + 1, keys } : change,
    });
  }
  return seen.change;
}

/** @internal */
export function changedCells(
  before: VersionsResponse | undefined,
  after: VersionsResponse | undefined,
): Set<string> {
  const changed = new Set<string>();
  if (!before || !after || before.repository !== after.repository) {
    return changed;
  }
  const items = shownVersions(before);
  const last = before.items.at(-1);
  const known = fingerprints(before);
  for (const { id, at, cells } of shownVersions(after)) {
    const isNew = items.every(item => item.id !== id);
    const isFurtherDown = isNew && (at ?? '') <= (last?.at ?? '');
    for (const { environment, states } of cells) {
      const key = cellKey(id, environment);
      if (!isFurtherDown && known.get(key) !== fingerprint(states)) {
        changed.add(key);
      }
    }
  }
  return changed;
}

function fingerprints(response: VersionsResponse): Map<string, string> {
  return new Map(
    shownVersions(response).flatMap(({ id, cells }) =>
      cells.map(({ environment, states }): [string, string] => [
        cellKey(id, environment),
        fingerprint(states),
      ]),
    ),
  );
}

/** What a person sees change: states and stages, not their dates. */
function fingerprint(
  states: VersionsResponse['items'][number]['cells'][number]['states'],
): string {
  return JSON.stringify(
    states.map(({ state, stage, applications }) => [
      state,
      stage,
      applications,
    ]),
  );
}
