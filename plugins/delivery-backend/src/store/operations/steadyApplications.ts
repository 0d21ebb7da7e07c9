import type { Knex } from 'knex';
import type { ApplicationRow } from '../rows';
import { chunked } from './chunked';
import { isPostgres } from '../isPostgres';

/**
 * What a reconciliation changes of an application that stays the same otherwise.
 *
 * @internal
 */
export type ReconciledRow = Pick<
  ApplicationRow,
  'key' | 'resource_version' | 'reconciled_at' | 'steady_hash'
>;

/** What tells whether a reconciliation alone still matters to an application. */
type SteadyRow = Pick<
  ApplicationRow,
  'key' | 'resource_version' | 'steady_hash'
>;

/**
 * The present applications to which a reconciliation alone no longer matters.
 *
 * @internal
 */
export async function readSteady(
  knex: Knex,
  keys: readonly string[],
): Promise<SteadyRow[]> {
  const rows: SteadyRow[] = [];
  for (const chunk of chunked([...keys].sort())) {
    rows.push(...(await steadyRows(knex, chunk)));
  }
  return rows;
}

/**
 * The same, locked as `lockApplications` does, without their state.
 *
 * @internal
 */
export async function lockSteady(
  tx: Knex.Transaction,
  keys: readonly string[],
): Promise<SteadyRow[]> {
  const rows: SteadyRow[] = [];
  for (const chunk of chunked([...keys].sort())) {
    rows.push(...(await steadyRows(tx, chunk).forUpdate()));
  }
  return rows;
}

function steadyRows(knex: Knex, keys: readonly string[]) {
  return knex<ApplicationRow>('applications')
    .whereIn('key', keys)
    .whereNotNull('steady_hash')
    .whereNull('gone_at')
    .orderBy('key')
    .select('key', 'resource_version', 'steady_hash');
}

/**
 * Takes note of reconciliations. The states stay as they are, so PostgreSQL
 * rewrites neither them nor an index.
 *
 * @internal
 */
export async function saveReconciled(
  knex: Knex,
  rows: readonly ReconciledRow[],
): Promise<void> {
  const columns = ['resource_version', 'reconciled_at', 'steady_hash'] as const;
  const set = columns
    .map(column =>
      isPostgres(knex)
        ? `${column} = changed.${column}`
        : `${column} = changed.value ->> '${column}'`,
    )
    .join(', ');
  for (const chunk of chunked(rows)) {
    const changed = JSON.stringify(chunk);
    await (isPostgres(knex)
      ? knex.raw(
          // Without the keys, the planner wouldn't know how few rows there are.
          `update applications set ${set} from json_populate_recordset(null::applications, ?) as changed where applications.key = changed.key and applications.key = any(?::text[])`,
          [changed, chunk.map(({ key }) => key)],
        )
      : knex.raw(
          `update applications set ${set} from json_each(?) as changed where applications.key = changed.value ->> 'key'`,
          [changed],
        ));
  }
}
