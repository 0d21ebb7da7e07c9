import type { Knex } from 'knex';

/**
 * Where a page of rows ended that are ordered by time and id, the latest first.
 *
 * @internal
 */
export interface PagePosition {
  startedAt: string;
  id: string;
}

/**
 * Orders a query by time and id, the latest first, and leaves out what comes before
 * `after`. It reads one row more than the limit, which tells `pageOf` that there are
 * more.
 *
 * @internal
 */
export function pageBefore(
  query: Knex.QueryBuilder,
  column: string,
  { after, limit }: { after?: PagePosition; limit: number },
): void {
  query
    .orderBy([
      { column, order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (after) {
    query.where(later =>
      later
        .where(column, '<', after.startedAt)
        .orWhere(same =>
          same.where(column, after.startedAt).andWhere('id', '<', after.id),
        ),
    );
  }
}

/**
 * The page in the rows of such a query, and where it ended if there are more.
 *
 * @internal
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => PagePosition,
): { page: Row[]; next?: PagePosition } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    next: rows.length > limit && last ? positionOf(last) : undefined,
  };
}
