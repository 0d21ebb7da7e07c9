import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { DueRows } from '../DueRows';
import type { RefreshRequestRow } from '../rows';
import { sortableTime } from '../time';

const requests = DueRows.of<RefreshRequestRow>({
  table: 'application_hints',
  key: ['instance', 'namespace', 'name'],
  dueAt: 'hinted_at',
});

/**
 * How many refresh requests may be pending per instance. If there are more, no
 * replica is watching it, and the next one to watch it lists everything anyway.
 *
 * @internal
 */
export const MAX_REFRESH_REQUESTS = 1000;

/**
 * A request to read an application again. A later request for the same
 * application replaces the earlier one.
 *
 * @internal
 */
export interface RefreshRequest {
  ref: ApplicationRef;
  /** ISO 8601, UTC. */
  requestedAt: string;
}

/**
 * Stores a request. Resolves with false if too many are pending already.
 *
 * @internal
 */
export async function addRefreshRequest(
  knex: Knex,
  { ref, requestedAt }: RefreshRequest,
): Promise<boolean> {
  const waiting = await knex<RefreshRequestRow>('application_hints')
    .where({ instance: ref.instance })
    .count<{ count: string | number }[]>({ count: 'name' })
    .first();
  if (Number(waiting?.count ?? 0) >= MAX_REFRESH_REQUESTS) {
    return false;
  }
  await requests.add(
    knex,
    [
      {
        instance: ref.instance,
        namespace: ref.namespace,
        name: ref.name,
        hinted_at: sortableTime(requestedAt),
      },
    ],
    'merge',
  );
  return true;
}

/** @internal */
export async function readRefreshRequests(
  knex: Knex,
  instance: string,
): Promise<RefreshRequest[]> {
  const rows = await knex<RefreshRequestRow>('application_hints')
    .where({ instance })
    .select();
  return rows.map(row => ({
    ref: { instance, namespace: row.namespace, name: row.name },
    requestedAt: row.hinted_at,
  }));
}

/**
 * Removes requests that were handed on. A request that was repeated since stays.
 *
 * @internal
 */
export async function removeRefreshRequests(
  knex: Knex,
  handled: RefreshRequest[],
): Promise<void> {
  await requests.remove(
    knex,
    handled.map(({ ref, requestedAt }) => ({
      instance: ref.instance,
      namespace: ref.namespace,
      name: ref.name,
      hinted_at: sortableTime(requestedAt),
    })),
  );
}
