import {
  type Promotion,
  STAGES,
  type StageTime,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { isPostgres } from '../isPostgres';
import type { PromotionRow, StageColumns } from '../rows';
import { isSortableTime } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { saveDeployedChanges } from './deployedChanges';
import { insertRows } from './insertRows';
import { whereAny } from './whereAny';
import { parsePromotion } from '../parsePromotion';
import { pageBefore, pageOf, type PagePosition } from './pageBefore';

/** @internal */
export interface PromotionToSave {
  applicationKey: string;
  promotion: Promotion;
  /** Used for a promotion that has no time of its own yet. */
  seenAt: string;
}

/** @internal */
export async function savePromotions(
  knex: Knex,
  promotions: PromotionToSave[],
): Promise<void> {
  await insertRows(knex, 'promotions', promotions.map(toRow), {
    columns: ['id'],
    then: 'merge',
  });
  await saveDeployedChanges(knex, promotions);
}

/**
 * Deletes promotions that turned out not to be promotions.
 *
 * @internal
 */
export async function deletePromotions(
  knex: Knex,
  ids: string[],
): Promise<void> {
  for (const chunk of chunked(ids)) {
    await knex<PromotionRow>('promotions').whereIn('id', chunk).delete();
  }
}

/**
 * The condition of current promotions: open, failed or live. It must be written
 * as in the index.
 *
 * @internal
 */
export const IS_CURRENT = `(outcome is null or outcome in ('live', 'failed'))`;

/**
 * The promotions that a page shows as the current state of some applications:
 * open, failed or live, oldest first.
 *
 * @internal
 */
export async function readCurrentPromotions(
  knex: Knex,
  applicationKeys: readonly string[],
): Promise<Map<string, Promotion[]>> {
  const result = new Map<string, Promotion[]>();
  for (const keys of chunked(applicationKeys)) {
    const rows = await knex
      .from<PromotionRow>(currentPromotions(knex))
      .whereIn('application_key', keys)
      .whereRaw(IS_CURRENT)
      .orderBy(['started_at', 'id'])
      .select('application_key', 'document');
    for (const row of rows) {
      const promotions = result.get(row.application_key) ?? [];
      promotions.push(parsePromotion(row.document));
      result.set(row.application_key, promotions);
    }
  }
  return result;
}

/**
 * Of several applications, SQLite would read all promotions that ever ended: it has
 * no statistics that tell it how few are current.
 */
function currentPromotions(knex: Knex): Knex.Raw {
  return knex.raw(
    isPostgres(knex)
      ? 'promotions'
      : 'promotions indexed by promotions_current_idx',
  );
}

/**
 * One page of the promotions of some applications, newest first.
 *
 * @internal
 */
export async function readPromotionsPage(
  knex: Knex,
  options: {
    applicationKeys: string[];
    repository?: string;
    /** `open`: has no outcome yet. */
    outcome?: string;
    after?: PagePosition;
    limit: number;
  },
): Promise<{ promotions: Promotion[]; next?: PagePosition }> {
  const query = knex<PromotionRow>('promotions').select(
    'id',
    'started_at',
    'document',
  );
  pageBefore(query, 'started_at', options);
  whereAny(knex, query, 'application_key', options.applicationKeys);
  if (options.repository !== undefined) {
    query.where('repository', options.repository);
  }
  if (options.outcome === 'open') {
    query.whereNull('outcome');
  } else if (options.outcome !== undefined) {
    query.where('outcome', options.outcome);
  }
  const { page, next } = pageOf(await query, options.limit, row => ({
    startedAt: row.started_at,
    id: row.id,
  }));
  return { promotions: page.map(row => parsePromotion(row.document)), next };
}

function toRow({
  applicationKey,
  promotion,
  seenAt,
}: PromotionToSave): PromotionRow {
  const columns: StageColumns = {};
  for (const stage of STAGES) {
    columns[`${stage}_at`] = storedTime(promotion.stages[stage]);
  }
  const times = [...Object.values(columns), storedTime(promotion.outcomeAt)]
    .flatMap(time => time ?? [])
    .sort();
  return {
    id: promotion.id,
    application_key: applicationKey,
    repository: promotion.repository,
    tag: promotion.version.tag ?? null,
    digest: promotion.version.digest ?? null,
    ...columns,
    outcome: promotion.outcome ?? null,
    started_at: times[0] ?? sortableTime(seenAt),
    moved_at: times[times.length - 1] ?? sortableTime(seenAt),
    document: JSON.stringify(promotion),
  };
}

/** Null for a time that the database could not sort by. */
function storedTime(time: StageTime | undefined): string | null {
  return time && isSortableTime(time.at) ? sortableTime(time.at) : null;
}
