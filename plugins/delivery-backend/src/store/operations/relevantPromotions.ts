import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { parsePromotion } from '../parsePromotion';
import type { PromotionRow } from '../rows';
import { chunked } from './chunked';
import { IS_CURRENT } from './promotions';
import { selectForEach } from './selectForEach';

type RelevantRow = Pick<
  PromotionRow,
  'id' | 'application_key' | 'repository' | 'started_at' | 'document'
>;

const COLUMNS = [
  'id',
  'application_key',
  'repository',
  'started_at',
  'document',
] as const;

const ENDED = ['superseded', 'rolled-back', 'abandoned'];

const ENDED_COLUMNS = ['application_key', 'repository', 'outcome'] as const;

type EndedColumn = (typeof ENDED_COLUMNS)[number];

/**
 * The promotions of some applications that the reducer needs, oldest first: all
 * that are open, failed or live, and per repository the latest `ended` of every
 * other outcome. It doesn't matter how many ended before.
 *
 * @internal
 */
export async function readRelevantPromotions(
  knex: Knex,
  options: {
    /** With the repositories whose ended promotions matter. */
    applications: readonly { key: string; repositories: readonly string[] }[];
    ended: number;
  },
): Promise<Map<string, Promotion[]>> {
  const { applications, ended } = options;
  const rows: RelevantRow[] = [];
  for (const chunk of chunked(applications)) {
    rows.push(
      ...(await knex<PromotionRow>('promotions')
        .whereIn(
          'application_key',
          chunk.map(({ key }) => key),
        )
        .whereRaw(IS_CURRENT)
        .select(...COLUMNS)),
    );
  }
  const repositoriesOf = new Map(
    applications.map(({ key, repositories }) => [key, new Set(repositories)]),
  );
  rows.forEach(row =>
    repositoriesOf.get(row.application_key)?.add(row.repository),
  );
  rows.push(
    ...(await selectForEach<RelevantRow, EndedColumn>(knex, {
      table: 'promotions',
      columns: ENDED_COLUMNS,
      given: [...repositoriesOf].flatMap(([key, repositories]) =>
        [...repositories].flatMap(repository =>
          ENDED.map(outcome => ({ application_key: key, repository, outcome })),
        ),
      ),
      narrow: (query, valueOf) => {
        ENDED_COLUMNS.forEach(column => query.where(column, valueOf(column)));
        return query
          .orderBy([
            { column: 'started_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(ended);
      },
      read: COLUMNS,
    })),
  );
  const promotions = new Map<string, Promotion[]>();
  for (const row of rows.sort(byStart)) {
    const others = promotions.get(row.application_key) ?? [];
    others.push(parsePromotion(row.document));
    promotions.set(row.application_key, others);
  }
  return promotions;
}

function byStart(a: RelevantRow, b: RelevantRow): number {
  return (
    Number(a.started_at > b.started_at) - Number(a.started_at < b.started_at) ||
    Number(a.id > b.id) - Number(a.id < b.id)
  );
}
