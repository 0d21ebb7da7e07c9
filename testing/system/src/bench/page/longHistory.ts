import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

const MINUTE = 60_000;
/** Rows of one statement; SQLite allows 32,766 values in it. */
const BATCH = 500;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * Gives an application a long history of promotions: copies of one of its own,
 * each with another version and a minute older.
 */
export async function addPromotions(
  knex: Knex,
  application: string,
  count: number,
): Promise<void> {
  const row: Record<string, unknown> | undefined = await knex('promotions')
    .join('applications', 'applications.key', 'promotions.application_key')
    .where('applications.name', application)
    .whereNotNull('promotions.outcome')
    .orderBy('promotions.started_at')
    .first('promotions.*');
  if (!row) {
    throw new Error(`${application} has no finished promotion to copy`);
  }
  await insertMany(knex, 'promotions', count, number =>
    earlierPromotion(row, number, (number + 1) * MINUTE),
  );
}

/** A copy of a row of promotions, with an id of its own and this much older. */
export function earlierPromotion(
  row: Record<string, unknown>,
  number: number,
  ms: number,
): Record<string, unknown> {
  const id = `${row.id}~${number}`;
  const document = {
    ...JSON.parse(String(row.document), (_, value) =>
      typeof value === 'string' ? earlier(value, ms) : value,
    ),
    id,
  };
  return {
    ...Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'string' ? earlier(value, ms) : value,
      ]),
    ),
    id,
    document: JSON.stringify(document),
  };
}

/** Fills a repository with images that were pushed a minute after another. */
export async function addImages(
  knex: Knex,
  repository: string,
  count: number,
): Promise<void> {
  const now = Date.now();
  const time = (number: number) =>
    new Date(now - (count - number) * MINUTE).toISOString();
  await insertMany(knex, 'images', count, number => ({
    repository,
    digest: digestOf(`${repository} ${number}`),
    tags: JSON.stringify([`0.9.${number}`]),
    pushed_at: time(number),
    seen_at: time(number),
  }));
  await knex('repositories')
    .where({ repository })
    .update({ read_at: new Date(now).toISOString(), error: null });
}

/** Inserts many rows into a table. */
export async function insertMany(
  knex: Knex,
  table: string,
  count: number,
  rowOf: (number: number) => object,
): Promise<void> {
  await knex.transaction(async transaction => {
    for (let begin = 0; begin < count; begin += BATCH) {
      const size = Math.min(BATCH, count - begin);
      const rows = Array.from({ length: size }, (_, i) => rowOf(begin + i));
      await transaction(table).insert(rows);
    }
  });
}

function earlier(text: string, ms: number): string {
  return TIME.test(text) ? new Date(Date.parse(text) - ms).toISOString() : text;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
