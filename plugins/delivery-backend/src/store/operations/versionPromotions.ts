import type {
  ImageVersion,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { parsePromotion } from '../parsePromotion';
import type { PromotionRow } from '../rows';
import { chunked } from './chunked';
import type { PagePosition } from './pageBefore';
import { selectForEach } from './selectForEach';
import { whereAny } from './whereAny';
import { isPostgres } from '../isPostgres';

/**
 * Which version a promotion is of, and when it began, without the rest of it.
 *
 * @internal
 */
export interface PromotionStart extends PagePosition {
  applicationKey: string;
  version: ImageVersion;
  /** When it last moved; ISO 8601, UTC. */
  movedAt: string;
}

type StartRow = Pick<
  PromotionRow,
  'id' | 'application_key' | 'tag' | 'digest' | 'started_at' | 'moved_at'
>;

const COLUMNS = [
  'id',
  'application_key',
  'tag',
  'digest',
  'started_at',
  'moved_at',
] as const;

/** A version that is rolled back and set again for weeks would have more. */
const MAX_OCCURRENCES = 10_000;

/**
 * The latest promotions of an image repository into each of some applications.
 *
 * @internal
 * @param options.after - only those before this position
 * @param options.limit - the most of each application
 */
export async function readLatestStarts(
  knex: Knex,
  options: {
    applicationKeys: readonly string[];
    repository: string;
    after?: PagePosition;
    limit: number;
  },
): Promise<PromotionStart[]> {
  const { applicationKeys, repository, after, limit } = options;
  const id = `id${collation(knex)}`;
  const rows = await selectForEach<StartRow, 'application_key'>(knex, {
    table: 'promotions',
    columns: ['application_key'],
    given: [...new Set(applicationKeys)].map(key => ({ application_key: key })),
    narrow: (query, valueOf) => {
      query
        .where('application_key', valueOf('application_key'))
        .where({ repository })
        .orderByRaw(`started_at desc, ${id} desc`)
        .limit(limit);
      return after
        ? query.whereRaw(`started_at <= ? and (started_at < ? or ${id} < ?)`, [
            after.startedAt,
            after.startedAt,
            after.id,
          ])
        : query;
    },
    read: COLUMNS,
  });
  return rows.map(toStart).sort(comparePositions).reverse();
}

/**
 * All promotions of some versions of an image repository into some applications: by
 * digest, and by tag where the digest isn't known.
 *
 * @internal
 */
export async function readStartsOfVersions(
  knex: Knex,
  options: {
    applicationKeys: readonly string[];
    repository: string;
    versions: readonly ImageVersion[];
  },
): Promise<PromotionStart[]> {
  const { applicationKeys, repository, versions } = options;
  const digests = unique(versions.map(({ digest }) => digest));
  const tags = unique(versions.map(({ tag }) => tag));
  const found = (narrow: (query: Knex.QueryBuilder) => void) => {
    const query = knex<PromotionRow>('promotions')
      .where({ repository })
      .limit(MAX_OCCURRENCES)
      .select<StartRow[]>(...COLUMNS);
    whereAny(knex, query, 'application_key', applicationKeys);
    narrow(query);
    return query;
  };
  const rows: StartRow[] = [];
  for (const chunk of chunked(digests)) {
    rows.push(...(await found(query => query.whereIn('digest', chunk))));
  }
  for (const chunk of chunked(tags)) {
    rows.push(
      ...(await found(query =>
        query.whereNull('digest').whereIn('tag', chunk),
      )),
    );
  }
  return rows.map(toStart);
}

/** @internal */
export async function readPromotionsById(
  knex: Knex,
  ids: readonly string[],
): Promise<Promotion[]> {
  const promotions: Promotion[] = [];
  for (const chunk of chunked([...new Set(ids)])) {
    const rows = await knex<PromotionRow>('promotions')
      .whereIn('id', chunk)
      .select('document');
    promotions.push(...rows.map(({ document }) => parsePromotion(document)));
  }
  return promotions;
}

/**
 * Compares positions as the database does, the earliest first.
 *
 * @internal
 */
export function comparePositions(a: PagePosition, b: PagePosition): number {
  return (
    Number(a.startedAt > b.startedAt) - Number(a.startedAt < b.startedAt) ||
    Number(a.id > b.id) - Number(a.id < b.id)
  );
}

/** Must be written as in the index. */
function collation(knex: Knex): string {
  return isPostgres(knex) ? ' collate "C"' : '';
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.flatMap(value => value ?? []))];
}

function toStart(row: StartRow): PromotionStart {
  return {
    id: row.id,
    applicationKey: row.application_key,
    version: {
      ...(row.tag && { tag: row.tag }),
      ...(row.digest && { digest: row.digest }),
    },
    startedAt: row.started_at,
    movedAt: row.moved_at,
  };
}
