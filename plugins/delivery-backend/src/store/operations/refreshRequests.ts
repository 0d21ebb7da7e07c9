import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationHintRow } from '../rows';
import { sortableTime } from '../time';
import { chunked } from './chunked';

/**
 * How many applications of an instance may wait to be read again. Where more
 * do, nobody watches the instance, and who begins to reads all of it.
 *
 * @internal
 */
export const MAX_HINTS = 1000;

/**
 * An application to read again. A later hint of the same one takes the place of
 * the earlier.
 *
 * @internal
 */
export interface ApplicationHint {
  ref: ApplicationRef;
  /** ISO 8601, UTC. */
  hintedAt: string;
}

/**
 * Keeps a hint; false if too many wait already.
 *
 * @internal
 */
export async function addHint(
  knex: Knex,
  { ref, hintedAt }: ApplicationHint,
): Promise<boolean> {
  const waiting = await knex<ApplicationHintRow>('application_hints')
    .where({ instance: ref.instance })
    .count<{ count: string | number }[]>({ count: 'name' })
    .first();
  if (Number(waiting?.count ?? 0) >= MAX_HINTS) {
    return false;
  }
  await knex<ApplicationHintRow>('application_hints')
    .insert({
      instance: ref.instance,
      namespace: ref.namespace,
      name: ref.name,
      hinted_at: sortableTime(hintedAt),
    })
    .onConflict(['instance', 'namespace', 'name'])
    .merge();
  return true;
}

/** @internal */
export async function readHints(
  knex: Knex,
  instance: string,
): Promise<ApplicationHint[]> {
  const rows = await knex<ApplicationHintRow>('application_hints')
    .where({ instance })
    .select();
  return rows.map(row => ({
    ref: { instance, namespace: row.namespace, name: row.name },
    hintedAt: row.hinted_at,
  }));
}

/**
 * Removes hints that are followed; one that came again meanwhile stays.
 *
 * @internal
 */
export async function removeHints(
  knex: Knex,
  hints: ApplicationHint[],
): Promise<void> {
  for (const chunk of chunked(hints)) {
    await knex<ApplicationHintRow>('application_hints')
      .whereIn(
        ['instance', 'namespace', 'name', 'hinted_at'],
        chunk.map(({ ref, hintedAt }) => [
          ref.instance,
          ref.namespace,
          ref.name,
          sortableTime(hintedAt),
        ]),
      )
      .delete();
  }
}
