import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { NoticeRow } from '../../rows';
import { isoNow, sortableTime } from '../../time';
import { withCodes } from '../../parsePromotion';
import { chunked } from '../chunked';

/**
 * Something that the owners of an application want to know at once: a promotion
 * failed, or what had failed is live now.
 *
 * @internal
 */
export interface PromotionNotice {
  kind: 'failed' | 'recovered';
  promotion: Promotion;
}

/**
 * A notice that waits to be sent.
 *
 * @internal
 */
export interface WaitingNotice {
  id: number;
  notice: PromotionNotice;
  /** ISO 8601, UTC. */
  createdAt: string;
  attempts: number;
}

/** @internal */
export async function addNotices(
  knex: Knex,
  notices: PromotionNotice[],
): Promise<void> {
  const now = isoNow();
  for (const chunk of chunked(notices, 100)) {
    await knex('notices').insert(
      chunk.map(notice => ({
        message: JSON.stringify(notice),
        created_at: now,
        attempts: 0,
        next_attempt_at: now,
      })),
    );
  }
}

/**
 * Those whose time has come, the longest due first.
 *
 * @internal
 */
export async function readDueNotices(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<WaitingNotice[]> {
  const rows = await knex<NoticeRow>('notices')
    .where('next_attempt_at', '<=', sortableTime(options.now))
    .orderBy(['next_attempt_at', 'id'])
    .limit(options.limit)
    .select();
  return rows.map(row => ({
    id: Number(row.id),
    notice: parseNotice(row.message),
    createdAt: row.created_at,
    attempts: row.attempts,
  }));
}

function parseNotice(message: string): PromotionNotice {
  const { kind, promotion } = JSON.parse(message);
  return { kind, promotion: withCodes(promotion) };
}

/** @internal */
export async function removeNotice(knex: Knex, id: number): Promise<void> {
  await knex<NoticeRow>('notices').where({ id }).delete();
}

/** @internal */
export async function postponeNotice(
  knex: Knex,
  id: number,
  outcome: { attempts: number; nextAttemptAt: string },
): Promise<void> {
  await knex<NoticeRow>('notices')
    .where({ id })
    .update({
      attempts: outcome.attempts,
      next_attempt_at: sortableTime(outcome.nextAttemptAt),
    });
}
