import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { NotificationOutboxRow } from '../rows';
import { isoNow, sortableTime } from '../time';
import { chunked } from './chunked';

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
export interface PendingNotification {
  id: number;
  notice: PromotionNotice;
  /** ISO 8601, UTC. */
  createdAt: string;
  attempts: number;
}

/** @internal */
export async function addToNotificationOutbox(
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
export async function readDueNotifications(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<PendingNotification[]> {
  const rows = await knex<NotificationOutboxRow>('notices')
    .where('next_attempt_at', '<=', sortableTime(options.now))
    .orderBy(['next_attempt_at', 'id'])
    .limit(options.limit)
    .select();
  return rows.map(row => ({
    id: Number(row.id),
    notice: JSON.parse(row.message),
    createdAt: row.created_at,
    attempts: row.attempts,
  }));
}

/** @internal */
export async function removeFromNotificationOutbox(
  knex: Knex,
  id: number,
): Promise<void> {
  await knex<NotificationOutboxRow>('notices').where({ id }).delete();
}

/** @internal */
export async function postponeNotification(
  knex: Knex,
  id: number,
  outcome: { attempts: number; nextAttemptAt: string },
): Promise<void> {
  await knex<NotificationOutboxRow>('notices')
    .where({ id })
    .update({
      attempts: outcome.attempts,
      next_attempt_at: sortableTime(outcome.nextAttemptAt),
    });
}
