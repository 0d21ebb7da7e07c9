import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RefreshRequestRow } from '../rows';
import { sortableTime } from '../time';
import { chunked } from './chunked';

/**
 * The most pending refresh requests per instance. If there are more, no replica
 * is watching the instance, and the next one to watch it lists everything anyway.
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
  await knex<RefreshRequestRow>('application_hints')
    .insert({
      instance: ref.instance,
      namespace: ref.namespace,
      name: ref.name,
      hinted_at: sortableTime(requestedAt),
    })
    .onConflict(['instance', 'namespace', 'name'])
    .merge();
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
  requests: RefreshRequest[],
): Promise<void> {
  for (const chunk of chunked(requests)) {
    await knex<RefreshRequestRow>('application_hints')
      .whereIn(
        ['instance', 'namespace', 'name', 'hinted_at'],
        chunk.map(({ ref, requestedAt }) => [
          ref.instance,
          ref.namespace,
          ref.name,
          sortableTime(requestedAt),
        ]),
      )
      .delete();
  }
}
