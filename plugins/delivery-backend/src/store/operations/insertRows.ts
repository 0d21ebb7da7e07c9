import type { Knex } from 'knex';
import { chunked } from './chunked';

/** SQLite takes up to 32,766 bindings per statement, and is quick with this many. */
const BINDINGS = 6000;

/** PostgreSQL gets this many rows as one text, of some megabytes at most. */
const ROWS_PER_TEXT = 1000;

/**
 * Inserts rows, many per statement, in the cheapest way for each database. SQLite
 * gets plain `VALUES`: for many rows, Knex would build a union with a `SELECT` for
 * each, which takes longer to prepare than to run. PostgreSQL gets all rows as one
 * JSON text, since each binding costs the client more than its value. All rows
 * must have the same columns. Of rows with the same key, one is inserted, as if
 * they came one after another: PostgreSQL refuses to merge two into one in the
 * same statement.
 *
 * @internal
 */
export async function insertRows<Row extends object>(
  knex: Knex,
  table: string,
  given: readonly Row[],
  onConflict?: {
    columns: (keyof Row & string)[];
    /** `ignore` keeps the existing row, `merge` replaces it. */
    then: 'ignore' | 'merge';
  },
): Promise<void> {
  const rows = onConflict ? uniqueRows(given, onConflict) : given;
  const [first] = rows;
  if (!first) {
    return;
  }
  const columns = Object.keys(first);
  const conflict = onConflict ? conflictClause(columns, onConflict) : '';
  const conflicting = onConflict ? conflictBindings(columns, onConflict) : [];
  const names = columns.map(() => '??').join(', ');
  if (knex.client.config.client === 'pg') {
    for (const chunk of chunked(rows, ROWS_PER_TEXT)) {
      await knex.raw(
        `insert into ?? (${names}) select ${names} from json_populate_recordset(null::??, ?)${conflict}`,
        [
          table,
          ...columns,
          ...columns,
          table,
          JSON.stringify(chunk),
          ...conflicting,
        ],
      );
    }
    return;
  }
  const row = `(${columns.map(() => '?').join(', ')})`;
  const size = Math.max(1, Math.floor(BINDINGS / columns.length));
  for (const chunk of chunked(rows, size)) {
    await knex.raw(
      `insert into ?? (${names}) values ${chunk
        .map(() => row)
        .join(', ')}${conflict}`,
      [
        table,
        ...columns,
        ...chunk.flatMap((values): Knex.RawBinding[] => Object.values(values)),
        ...conflicting,
      ],
    );
  }
}

function uniqueRows<Row extends object>(
  rows: readonly Row[],
  { columns, then }: { columns: (keyof Row)[]; then: OnConflict['then'] },
): Row[] {
  const unique = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(columns.map(column => row[column]));
    if (then === 'merge' || !unique.has(key)) {
      unique.set(key, row);
    }
  }
  return [...unique.values()];
}

type OnConflict = { columns: string[]; then: 'ignore' | 'merge' };

function updatedColumns(
  columns: string[],
  { columns: key }: OnConflict,
): string[] {
  return columns.filter(column => !key.includes(column));
}

function conflictClause(columns: string[], onConflict: OnConflict): string {
  const target = ` on conflict (${onConflict.columns
    .map(() => '??')
    .join(', ')}) do `;
  return onConflict.then === 'ignore'
    ? `${target}nothing`
    : `${target}update set ${updatedColumns(columns, onConflict)
        .map(() => '?? = excluded.??')
        .join(', ')}`;
}

function conflictBindings(columns: string[], onConflict: OnConflict): string[] {
  return [
    ...onConflict.columns,
    ...(onConflict.then === 'merge'
      ? updatedColumns(columns, onConflict).flatMap(column => [column, column])
      : []),
  ];
}
