import type { Knex } from 'knex';
import { isPostgres } from '../isPostgres';

/**
 * The rows of one small query for each of many sets of values, each with its own
 * order and limit, in one statement. Both databases plan it once and use an index for
 * each set, which they don't for one query with a window over all rows.
 *
 * @internal
 * @param options.columns - names of the values
 * @param options.narrow - adds conditions, order and limit to a query of the table;
 * `valueOf` refers to a value of the set
 */
export async function selectForEach<Row extends object, Column extends string>(
  knex: Knex,
  options: {
    table: string;
    columns: readonly Column[];
    given: readonly Record<Column, string>[];
    narrow: (
      query: Knex.QueryBuilder,
      valueOf: (column: Column) => Knex.Ref<string, Record<string, string>>,
    ) => Knex.QueryBuilder;
    /** The columns to read. */
    read?: readonly (keyof Row & string)[];
  },
): Promise<Row[]> {
  const { table, columns, given, narrow, read = ['*'] } = options;
  if (given.length === 0) {
    return [];
  }
  const narrowed = (column: string) =>
    narrow(knex(table).select(`${table}.${column}`), name =>
      knex.ref(`given.${name}`),
    );
  const forColumns = (sql: string) => columns.map(() => sql).join(', ');
  const parts = isPostgres(knex)
    ? knex.raw(
        `unnest(${forColumns('?::text[]')}) as given(${forColumns('??')})
         cross join lateral ?`,
        [
          ...columns.map(column => given.map(values => values[column])),
          ...columns,
          narrowed('*').as('part'),
        ],
      )
    : // SQLite has no lateral joins.
      knex.raw(
        `(select ${forColumns('value ->> ? as ??')} from json_each(?)) as given
         cross join ?? as part on part.rowid in ?`,
        [
          ...columns.flatMap(column => [column, column]),
          JSON.stringify(given),
          table,
          narrowed('rowid'),
        ],
      );
  const query: Knex.QueryBuilder = knex
    .from(parts)
    .select(read.map(column => `part.${column}`));
  const rows: Row[] = await query;
  return rows;
}
