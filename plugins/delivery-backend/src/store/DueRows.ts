import type { Knex } from 'knex';
import { chunked } from './operations/chunked';
import { insertRows } from './operations/insertRows';
import { sortableTime } from './time';

/** The due time of rows that were given up. */
export const NEVER = '9999-12-31T23:59:59.999Z';

/** @internal */
export interface DueRowsOptions<Row> {
  table: string;
  /** The columns that identify a row. */
  key: (keyof Row & string)[];
  /** The column with the time from which a row is due. */
  dueAt: keyof Row & string;
}

/**
 * A table that is used as a work queue: the holder of its lease reads the due
 * rows, then removes or postpones them.
 *
 * @internal
 */
export class DueRows<Row extends object> {
  static of<Row extends object>(options: DueRowsOptions<Row>): DueRows<Row> {
    return new DueRows(options);
  }

  private constructor(private readonly options: DueRowsOptions<Row>) {}

  /**
   * @param whenPresent - what happens to rows that already exist: `ignore` keeps
   * them, `merge` replaces them. Without it, an existing row is an error.
   */
  async add(
    knex: Knex,
    rows: readonly Partial<Row>[],
    whenPresent?: 'ignore' | 'merge',
  ): Promise<void> {
    const { table, key } = this.options;
    await insertRows<Partial<Row>>(
      knex,
      table,
      rows,
      whenPresent && { columns: key, then: whenPresent },
    );
  }

  /**
   * Selects the due rows. The caller narrows, limits and awaits the query.
   *
   * @param order - of the due times; by default, the longest due come first
   */
  due(
    knex: Knex,
    now: string,
    order: 'asc' | 'desc' = 'asc',
  ): Knex.QueryBuilder {
    const { table, dueAt } = this.options;
    return knex(table)
      .where(`${table}.${dueAt}`, '<=', sortableTime(now))
      .orderBy(`${table}.${dueAt}`, order);
  }

  /** Changes the matching rows and makes them due at a later time. */
  async postpone(
    knex: Knex,
    where: Partial<Row>,
    next: {
      /** Undefined: never, until something makes them due again. */
      dueAt: string | undefined;
      changes: Partial<Row>;
      /** A row made due after this time keeps its due time if that is sooner. */
      unlessDueSince?: string;
    },
  ): Promise<void> {
    const { table, dueAt } = this.options;
    const at = next.dueAt === undefined ? NEVER : sortableTime(next.dueAt);
    const value =
      next.unlessDueSince === undefined
        ? at
        : knex.raw('CASE WHEN ?? > ? AND ?? < ? THEN ?? ELSE ? END', [
            dueAt,
            sortableTime(next.unlessDueSince),
            dueAt,
            at,
            dueAt,
            at,
          ]);
    await knex(table)
      .where(where)
      .update({ ...next.changes, [dueAt]: value });
  }

  /**
   * Removes the rows with exactly these values; all must have the same columns.
   * With the due time among them, a row that was added again since is kept.
   */
  async remove(knex: Knex, rows: readonly Partial<Row>[]): Promise<void> {
    const [first] = rows;
    if (!first) {
      return;
    }
    const columns = Object.keys(first);
    for (const chunk of chunked(rows)) {
      await knex(this.options.table)
        .whereIn(
          columns,
          chunk.map((row): Knex.Value[] => Object.values(row)),
        )
        .delete();
    }
  }
}
