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
