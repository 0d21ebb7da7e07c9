import type {
  ApplicationRef,
  Unreadable,
  UnreadableReason,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../applicationKey';
import type { UnreadableResourceRow } from '../rows';
import { isoNow } from '../time';
import { chunked } from './chunked';

/**
 * What is read through an Argo CD application, besides the application itself, or
 * from the cluster of an instance.
 *
 * @internal
 */
export type UnreadableKind = UnreadableResourceRow['kind'];

/**
 * Why resources of a kind can't be read, by the key of the application through
 * which they are read, or `kubernetesKey`.
 *
 * @internal
 */
export async function readUnreadableReasons(
  knex: Knex,
  where: { kind: UnreadableKind; instance: string },
): Promise<Map<string, UnreadableReason>> {
  const rows = await knex<UnreadableResourceRow>('unreadable_resources')
    .where(where)
    .select('application_key', 'reason');
  return new Map(rows.map(row => [row.application_key, row.reason]));
}

/** @internal */
export async function saveUnreadable(
  tx: Knex.Transaction,
  row: Omit<UnreadableResourceRow, 'since'>,
): Promise<void> {
  await tx<UnreadableResourceRow>('unreadable_resources')
    .insert({ ...row, since: isoNow() })
    .onConflict(['application_key', 'kind'])
    .merge();
}

/** @internal */
export async function removeUnreadable(
  tx: Knex.Transaction,
  kind: UnreadableKind,
  applicationKeys: readonly string[],
): Promise<void> {
  for (const chunk of chunked(applicationKeys)) {
    await tx<UnreadableResourceRow>('unreadable_resources')
      .where({ kind })
      .whereIn('application_key', chunk)
      .delete();
  }
}

/**
 * The unreadable resources that concern some applications. An ImageUpdater
 * may select any application of its instance, so one that can't be read concerns
 * all of them.
 *
 * @internal
 */
export async function readUnreadable(
  knex: Knex,
  refs: readonly ApplicationRef[],
): Promise<(ref: ApplicationRef) => Unreadable> {
  const updaters = await knex<UnreadableResourceRow>('unreadable_resources')
    .where({ kind: 'image-updaters' })
    .whereIn('instance', [...new Set(refs.map(({ instance }) => instance))])
    .orderBy('since', 'desc')
    .select();
  const windows: UnreadableResourceRow[] = [];
  for (const chunk of chunked(refs.map(applicationKey))) {
    windows.push(
      ...(await knex<UnreadableResourceRow>('unreadable_resources')
        .where({ kind: 'sync-windows' })
        .whereIn('application_key', chunk)
        .select()),
    );
  }
  // The last entry of an instance wins: the one unreadable for the longest time.
  const updatersOf = new Map(updaters.map(row => [row.instance, row]));
  const windowsOf = new Map(windows.map(row => [row.application_key, row]));
  return ref => ({
    imageUpdaters: fromRow(updatersOf.get(ref.instance)),
    syncWindows: fromRow(windowsOf.get(applicationKey(ref))),
  });
}

function fromRow(
  row: UnreadableResourceRow | undefined,
): Unreadable['imageUpdaters'] {
  return row && { reason: row.reason, since: row.since };
}
