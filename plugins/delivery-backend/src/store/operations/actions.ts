import {
  type ActionRecord,
  type ActionState,
  type ActionTrace,
  OPEN_ACTION_STATES,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../applicationKey';
import { DueRows, NEVER } from '../DueRows';
import type { ActionRow } from '../rows';
import { storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';
import { pageBefore, pageOf, type PagePosition } from './pageBefore';
import { whereAny } from './whereAny';

/**
 * An action as it is stored.
 *
 * @internal
 */
export interface StoredAction {
  record: ActionRecord;
  /** Of the entity through which it was asked for. */
  entityRef: string;
  /** What is carried out, as it was asked for; JSON. */
  request: unknown;
  trace: ActionTrace;
}

/**
 * Identifies a request: all attempts at it have the same.
 *
 * @internal
 */
export interface ActionRequestKey {
  userRef: string;
  idempotencyKey: string;
}

/**
 * A change of a stored action.
 *
 * @internal
 */
export interface ActionChange {
  record: ActionRecord;
  /** The states in which it is made; in any other, it isn't. */
  from: readonly ActionState[];
  /** When to look what became of it; undefined: never. */
  checkAt?: string;
  trace?: ActionTrace;
}

const actions = DueRows.of<ActionRow>({
  table: 'actions',
  key: ['id'],
  dueAt: 'check_at',
});

/**
 * Stores the actions of one request, in the order of its items. Resolves with false,
 * and stores nothing, if there are some with the same key.
 *
 * @internal
 * @param options.requestHash - of the whole request
 */
export async function addActions(
  tx: Knex.Transaction,
  added: readonly StoredAction[],
  options: ActionRequestKey & { requestHash: string; checkAt?: string },
): Promise<boolean> {
  await insertRows(
    tx,
    'actions',
    added.map(({ record, entityRef, request, trace }, position): ActionRow => {
      return {
        id: record.id,
        user_ref: options.userRef,
        idempotency_key: options.idempotencyKey,
        position,
        request_hash: options.requestHash,
        entity_ref: entityRef,
        application_key: applicationKey(record.application),
        action: record.action,
        request: JSON.stringify({ request, trace }),
        requested_at: sortableTime(record.requestedAt),
        check_at: checkTime(options.checkAt),
        ...stateColumns(record),
      };
    }),
    {
      columns: ['user_ref', 'idempotency_key', 'position'],
      then: 'ignore',
    },
  );
  const stored = await tx<ActionRow>('actions')
    .whereIn(
      'id',
      added.map(({ record }) => record.id),
    )
    .select('id');
  return stored.length === added.length;
}

/**
 * The actions of a request, in the order of its items, and the hash of the request;
 * undefined without any.
 *
 * @internal
 */
export async function readActionsOfRequest(
  knex: Knex,
  { userRef, idempotencyKey }: ActionRequestKey,
): Promise<{ requestHash: string; actions: StoredAction[] } | undefined> {
  const rows = await knex<ActionRow>('actions')
    .where({ user_ref: userRef, idempotency_key: idempotencyKey })
    .orderBy('position')
    .select();
  const [first] = rows;
  return (
    first && {
      requestHash: first.request_hash,
      actions: rows.map(parseAction),
    }
  );
}

/** @internal */
export async function readActions(
  knex: Knex,
  ids: readonly string[],
): Promise<StoredAction[]> {
  const found: StoredAction[] = [];
  for (const chunk of chunked(ids)) {
    const rows = await knex<ActionRow>('actions').whereIn('id', chunk).select();
    found.push(...rows.map(parseAction));
  }
  return found;
}

/**
 * The actions of an application that may still move on, the latest first.
 *
 * @internal
 */
export async function readOpenActions(
  knex: Knex,
  key: string,
): Promise<StoredAction[]> {
  const rows = await knex<ActionRow>('actions')
    .where({ application_key: key })
    .whereIn('state', [...OPEN_ACTION_STATES])
    .orderBy('requested_at', 'desc')
    .select();
  return rows.map(parseAction);
}

/**
 * The actions of an application since some time, whatever became of them, the
 * latest first.
 *
 * @internal
 */
export async function readRecentActions(
  knex: Knex,
  key: string,
  since: string,
): Promise<StoredAction[]> {
  const rows = await knex<ActionRow>('actions')
    .where({ application_key: key })
    .where('requested_at', '>=', sortableTime(since))
    .orderBy('requested_at', 'desc')
    .select();
  return rows.map(parseAction);
}

/**
 * One page of the actions on some applications, the latest first.
 *
 * @internal
 */
export async function readActionsPage(
  knex: Knex,
  options: {
    applicationKeys: readonly string[];
    after?: PagePosition;
    limit: number;
  },
): Promise<{ actions: StoredAction[]; next?: PagePosition }> {
  const query = knex<ActionRow>('actions').select();
  pageBefore(query, 'requested_at', options);
  whereAny(knex, query, 'application_key', options.applicationKeys);
  const { page, next } = pageOf(await query, options.limit, row => ({
    startedAt: row.requested_at,
    id: row.id,
  }));
  return { actions: page.map(parseAction), next };
}

/**
 * The actions of which it is time to look what became of them.
 *
 * @internal
 */
export async function readDueActions(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<StoredAction[]> {
  const rows: ActionRow[] = await actions
    .due(knex, options.now)
    .limit(options.limit)
    .select();
  return rows.map(parseAction);
}

/**
 * Stores a change of an action, unless somebody else has moved it on. Resolves with
 * whether it was stored.
 *
 * @internal
 */
export async function changeAction(
  tx: Knex.Transaction,
  { record, from, checkAt, trace }: ActionChange,
): Promise<boolean> {
  const row = await tx<ActionRow>('actions')
    .where({ id: record.id })
    .whereIn('state', [...from])
    .first('request');
  if (!row) {
    return false;
  }
  const changed = await tx<ActionRow>('actions')
    .where({ id: record.id })
    .whereIn('state', [...from])
    .update({
      ...stateColumns(record),
      check_at: checkTime(checkAt),
      ...(trace && {
        request: JSON.stringify({ ...JSON.parse(row.request), trace }),
      }),
    });
  return changed === 1;
}

function checkTime(at: string | undefined): string {
  return at === undefined ? NEVER : sortableTime(at);
}

function stateColumns(record: ActionRecord) {
  return {
    state: record.state,
    changed_at: sortableTime(record.changedAt),
    // Argo CD's messages and people's reasons are text from outside.
    document: JSON.stringify(record, (_, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    ),
  };
}

function parseAction(row: ActionRow): StoredAction {
  const { request, trace } = JSON.parse(row.request);
  return {
    record: JSON.parse(row.document),
    entityRef: row.entity_ref,
    request,
    trace,
  };
}
