import type { Knex } from 'knex';
import { chunked } from './chunked';

/** SQLite takes at most 500 parts in one statement. */
const PARTS = 100;

/**
 * The rows of many small queries, each with its own order and limit, in few
 * statements. Both databases use an index for each part, which they don't for one
 * query with a window over all rows.
 *
 * @internal
 */
export async function unionAll<Row extends object>(
  knex: Knex,
  queries: readonly Knex.QueryBuilder[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const chunk of chunked(queries, PARTS)) {
    // SQLite refuses an order and a limit outside of a subquery.
    const [first, ...rest] = chunk.map(
      (query): Knex.QueryBuilder =>
        knex.from(query.as('part')).select('part.*'),
    );
    const found: Row[] = await first.unionAll(rest);
    rows.push(...found);
  }
  return rows;
}

/**
 * The rows of one small query for each of many sets of values, as `unionAll` would
 * select them. PostgreSQL plans one statement for all, which costs a fraction of
 * as many parts.
 *
 * @internal
 * @param build - makes the query from the values, or from references to them
 */
export async function selectForEach<Row extends object, Column extends string>(
  knex: Knex,
  options: {
    columns: readonly Column[];
    given: readonly Record<Column, string>[];
    build: (valueOf: (column: Column) => Knex.Value) => Knex.QueryBuilder;
  },
): Promise<Row[]> {
  const { columns, given, build } = options;
  if (given.length === 0) {
    return [];
  }
  if (knex.client.config.client !== 'pg') {
    return unionAll<Row>(
      knex,
      given.map(values => build(column => values[column])),
    );
  }
  const arrays = columns.map(() => '?::text[]').join(', ');
  const names = columns.map(() => '??').join(', ');
  const query: Knex.QueryBuilder = knex
    .from(
      knex.raw(`unnest(${arrays}) as given(${names}) cross join lateral ?`, [
        ...columns.map(column => given.map(values => values[column])),
        ...columns,
        build(column => knex.ref(`given.${column}`)).as('part'),
      ]),
    )
    .select('part.*');
  const rows: Row[] = await query;
  return rows;
}
