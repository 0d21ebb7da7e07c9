import type { Knex } from 'knex';
import { chunked } from './chunked';

/** Databases take so many bindings in one statement, and are quick with as many: SQLite 32,766, PostgreSQL 65,535. */
const BINDINGS = 6000;

/**
 * Inserts rows, many in one statement, in plain `VALUES`: what Knex makes of many
 * rows for SQLite (a `SELECT` for each, in a union) takes it longer to prepare
 * than to run. All rows must have the same columns.
 *
 * @internal
 */
export async function insertRows<Row extends object>(
  knex: Knex,
  table: string,
  rows: Row[],
  onConflict?: {
    columns: (keyof Row & string)[];
    /** `ignore` keeps the row that is there, `merge` makes it the new one. */
    then: 'ignore' | 'merge';
  },
): Promise<void> {
  const [first] = rows;
  if (!first) {
    return;
  }
  const columns = Object.keys(first);
  const row = `(${columns.map(() => '?').join(', ')})`;
  const size = Math.max(1, Math.floor(BINDINGS / columns.length));
  for (const chunk of chunked(rows, size)) {
    await knex.raw(
      `insert into ?? (${columns.map(() => '??').join(', ')}) values ${chunk
        .map(() => row)
        .join(', ')}${onConflict ? conflictClause(columns, onConflict) : ''}`,
      [
        table,
        ...columns,
        ...chunk.flatMap((values): Knex.RawBinding[] => Object.values(values)),
        ...(onConflict ? conflictBindings(columns, onConflict) : []),
      ],
    );
  }
}

type OnConflict = { columns: string[]; then: 'ignore' | 'merge' };

function updatedOf(columns: string[], { columns: key }: OnConflict): string[] {
  return columns.filter(column => !key.includes(column));
}

function conflictClause(columns: string[], onConflict: OnConflict): string {
  const target = ` on conflict (${onConflict.columns
    .map(() => '??')
    .join(', ')}) do `;
  return onConflict.then === 'ignore'
    ? `${target}nothing`
    : `${target}update set ${updatedOf(columns, onConflict)
        .map(() => '?? = excluded.??')
        .join(', ')}`;
}

function conflictBindings(columns: string[], onConflict: OnConflict): string[] {
  return [
    ...onConflict.columns,
    ...(onConflict.then === 'merge'
      ? updatedOf(columns, onConflict).flatMap(column => [column, column])
      : []),
  ];
}
