import type { Knex } from 'knex';
import { z } from 'zod';

/** What was sent to the database, and what came back. @internal */
export interface Traffic {
  statements: string[];
  /** Rows that were returned. */
  rows: number;
  /** Rows in insert statements, by table. */
  inserted: Record<string, number>;
}

const querySchema = z.object({
  sql: z.string(),
  bindings: z.array(z.unknown()).default([]),
});
const responseSchema = z.union([
  z.array(z.unknown()),
  z.object({ rows: z.array(z.unknown()) }).transform(({ rows }) => rows),
]);

/** Measures what `work` costs the database. @internal */
export async function trafficOf(
  knex: Knex,
  work: () => Promise<unknown>,
): Promise<Traffic> {
  const traffic: Traffic = { statements: [], rows: 0, inserted: {} };
  const onQuery = (query: unknown) => {
    const { sql, bindings } = querySchema.parse(query);
    traffic.statements.push(sql);
    const [, table] = /^insert into [`"](\w+)[`"]/i.exec(sql) ?? [];
    if (table) {
      traffic.inserted[table] =
        (traffic.inserted[table] ?? 0) + insertedRows(sql, bindings);
    }
  };
  const onResponse = (response: unknown) => {
    const rows = responseSchema.safeParse(response);
    traffic.rows += rows.data?.length ?? 0;
  };
  knex.on('query', onQuery);
  knex.on('query-response', onResponse);
  try {
    await work();
  } finally {
    knex.removeListener('query', onQuery);
    knex.removeListener('query-response', onResponse);
  }
  return traffic;
}

/** PostgreSQL gets all rows as one text. */
function insertedRows(sql: string, bindings: unknown[]): number {
  if (sql.includes('json_populate_recordset')) {
    const rows = bindings.find(
      binding => typeof binding === 'string' && binding.startsWith('['),
    );
    return z.array(z.unknown()).parse(JSON.parse(String(rows))).length;
  }
  return sql.split('(?').length - 1;
}
