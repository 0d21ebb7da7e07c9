import type { Knex } from 'knex';

/** So many values are bindings of their own, which planners know best. */
const FEW = 100;

/**
 * Narrows a query to rows whose column has one of some values, however many
 * there are: a statement takes some ten thousand bindings, so many values travel
 * as one. Outside text may hold a NUL, which PostgreSQL refuses: it is never
 * stored, so no row has it.
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
  } else if (knex.client.config.client === 'pg') {
    query.whereRaw('?? = any(?::text[])', [column, stored]);
  } else {
    query.whereRaw('?? in (select value from json_each(?))', [
      column,
      JSON.stringify(stored),
    ]);
  }
}
