import {
  type InstanceErrorCode,
  toInstanceErrorCode,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationRow, InstanceRow } from '../rows';
import { scopes } from '../scopes';
import { storableText } from '../text';
import { bumpVersions } from './storeVersions';

/**
 * The status of an Argo CD instance, as its watch reports it.
 *
 * @internal
 */
export interface StoredInstance {
  name: string;
  state: 'connecting' | 'live' | 'unreachable';
  /** ISO 8601, UTC. */
  since: string;
  /** ISO 8601, UTC. */
  lastReceivedAt?: string;
  /** The code for `error`, without addresses and names. */
  errorCode?: InstanceErrorCode;
  /** In the words of the watch, or of Argo CD itself. */
  error?: string;
  /** How many of its applications are stored. */
  applications: number;
}

/**
 * Stores the status that a watch reports.
 *
 * @internal
 */
export async function saveInstance(
  knex: Knex,
  status: Omit<StoredInstance, 'applications'>,
): Promise<void> {
  const row: InstanceRow = {
    name: status.name,
    state: status.state,
    since: status.since,
    last_heard_at: status.lastReceivedAt ?? null,
    error: status.error ? storableText(status.error) : null,
    error_code: status.errorCode ?? null,
  };
  const before = await knex<InstanceRow>('instances')
    .where({ name: row.name })
    .first();
  await knex<InstanceRow>('instances').insert(row).onConflict('name').merge();
  if (shownOf(before) !== shownOf(row)) {
    await bumpVersions(knex, [scopes.instance(row.name)]);
  }
}

/** Without the time that passes every few seconds while an instance is live. */
function shownOf(row: InstanceRow | undefined): string {
  return JSON.stringify([
    row?.state,
    row?.since,
    row?.error,
    row?.error_code,
    row?.state === 'live' || row?.last_heard_at,
  ]);
}

/**
 * The status of the named instances, in their order. An instance that no replica
 * has watched yet is `connecting` since `startedAt`.
 *
 * @internal
 */
export async function readInstances(
  knex: Knex,
  names: string[],
  startedAt: string,
): Promise<StoredInstance[]> {
  const rows = await knex<InstanceRow>('instances')
    .whereIn('name', names)
    .select();
  const counts: { instance: string; count: string | number }[] =
    await knex<ApplicationRow>('applications')
      .whereIn('instance', names)
      .whereNull('gone_at')
      .groupBy('instance')
      .select('instance')
      .count({ count: 'instance' });
  const rowOf = new Map(rows.map(row => [row.name, row]));
  const countOf = new Map(counts.map(row => [row.instance, Number(row.count)]));
  return names.map(name => {
    const row = rowOf.get(name);
    return {
      name,
      state: parseState(row?.state),
      since: row?.since ?? startedAt,
      lastReceivedAt: row?.last_heard_at ?? undefined,
      applications: countOf.get(name) ?? 0,
      errorCode: row?.error ? toInstanceErrorCode(row.error_code) : undefined,
      error: row?.error ?? undefined,
    };
  });
}

function parseState(value: string | undefined): StoredInstance['state'] {
  return value === 'live' || value === 'unreachable' ? value : 'connecting';
}
