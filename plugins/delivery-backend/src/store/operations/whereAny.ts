import type { Knex } from 'knex';
import { isPostgres } from '../isPostgres';

/** Up to this many values get a binding each, which suits query planners best. */
const FEW = 100;

/**
 * Narrows a query to the rows that have one of some values in a column, however
 * many values there are. A statement takes only some ten thousand bindings, so
 * many values are sent as one. Outside text may contain a NUL, which PostgreSQL
 * refuses; such values are never stored, so they are left out.
 *
 * @internal
 */
export function whereAny(
  knex: Knex,
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
): void {
  const stored = [...new Set(values)].filter(value => !value.includes('\0'));
  if (stored.length <= FEW) {
    query.whereIn(column, stored);
  } else if (isPostgres(knex)) {
    query.whereRaw('?? = any(?::text[])', [column, stored]);
  } else {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(stored),
    ]);
  }
}
