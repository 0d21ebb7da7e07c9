import type { Knex } from 'knex';
import type { StuckNoticeRow } from '../rows';
import { isoNow } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/**
 * That a promotion waits, and for what.
 *
 * @internal
 */
export interface StuckPromotion {
  promotionId: string;
  /** A `StuckCode`. */
  code: string;
}

/**
 * Records what promotions wait for. Only one leader task does this, one
 * transaction after the other.
 *
 * @internal
 * @returns what wasn't recorded before; nothing of promotions that are no longer
 * stored
 */
export async function recordStuck<T extends StuckPromotion>(
  knex: Knex,
  stuck: readonly T[],
): Promise<T[]> {
  const ids = [...new Set(stuck.map(({ promotionId }) => promotionId))];
  const stored = new Set<string>();
  const recorded = new Set<string>();
  for (const chunk of chunked(ids)) {
    const present: string[] = await knex('promotions')
      .whereIn('id', chunk)
      .pluck('id');
    present.forEach(id => stored.add(id));
    const rows = await knex<StuckNoticeRow>('stuck_notices')
      .whereIn('promotion_id', chunk)
      .select('promotion_id', 'code');
    rows.forEach(row => recorded.add(keyOf(row.promotion_id, row.code)));
  }
  const added = stuck.filter(
    ({ promotionId, code }) =>
      stored.has(promotionId) && !recorded.has(keyOf(promotionId, code)),
  );
  const seenAt = isoNow();
  await insertRows<StuckNoticeRow>(
    knex,
    'stuck_notices',
    added.map(({ promotionId, code }) => ({
      promotion_id: promotionId,
      code,
      seen_at: seenAt,
    })),
    { columns: ['promotion_id', 'code'], then: 'ignore' },
  );
  return added;
}

function keyOf(promotionId: string, code: string): string {
  return `${code} ${promotionId}`;
}
