import type { Knex } from 'knex';
import { chunked } from './chunked';

/** Rows per transaction: few enough not to get in the way of others. */
export const DEFAULT_BATCH_SIZE = 500;

/**
 * Runs transactions, and repeats them if the database gave way to another writer.
 *
 * @internal
 */
export interface Transactions {
  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
}

/** @internal */
export interface BatchOptions {
  /** Rows in one transaction. */
  batchSize?: number;
  signal?: AbortSignal;
}

type Row = Record<string, Knex.Value>;

/**
 * Deletes the rows of a table that meet a condition, one batch per transaction.
 *
 * @internal
 * @returns how many rows
 */
export async function deleteBatches(
  database: Transactions,
  options: BatchOptions & {
    table: string;
    /** Columns that identify a row. */
    key: string[];
    /** Indexed column by which the rows are found; the key breaks ties. */
    orderBy: string;
    where: (query: Knex.QueryBuilder) => Knex.QueryBuilder;
  },
): Promise<number> {
  const { table, key, orderBy, where, signal } = options;
  const batchSize = options.batchSize ?? DEFAULT_BATCH_SIZE;
  let deleted = 0;
  let batch: number;
  do {
    signal?.throwIfAborted();
    batch = await database.transaction(async tx => {
      const rows: Row[] = await where(tx(table))
        .orderBy([...new Set([orderBy, ...key])])
        .limit(batchSize)
        .forUpdate()
        .select(key);
      await deleteRows(tx, table, key, rows);
      return rows.length;
    });
    deleted += batch;
  } while (batch === batchSize);
  return deleted;
}

/** @internal */
export async function deleteRows(
  knex: Knex,
  table: string,
  key: string[],
  rows: Row[],
): Promise<void> {
  for (const chunk of chunked(rows)) {
    await knex(table)
      .whereIn(
        key,
        chunk.map(row => key.map(column => row[column])),
      )
      .delete();
  }
}
