import type {
  ActionRecord,
  DescribedStuckReason,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { DueRows } from '../DueRows';
import type { NotificationOutboxRow } from '../rows';
import { withCodes } from '../parsePromotion';
import { isoNow } from '../time';

/**
 * What owners are notified of: a promotion failed, one that had failed is now live,
 * or one was rolled back.
 *
 * @internal
 */
export interface OutcomeNotice {
  kind: 'failed' | 'recovered' | 'rolled-back';
  promotion: Promotion;
}

/**
 * What owners are notified of: a promotion waits for somebody.
 *
 * @internal
 */
interface StuckNotice {
  kind: 'stuck';
  promotion: Promotion;
  reason: DescribedStuckReason;
}

/**
 * What approvers are notified of: an action waits for one of them.
 *
 * @internal
 */
interface ApprovalNotice {
  kind: 'approval';
  record: ActionRecord;
  /** Full ref of the entity through which it was asked for. */
  entityRef: string;
  /** Full refs. */
  approvers: readonly string[];
}

/** @internal */
type PromotionNotice = OutcomeNotice | StuckNotice;

/** @internal */
export type Notice = PromotionNotice | ApprovalNotice;

/** @internal */
export type NoticeKind = Notice['kind'];

/**
 * A notification that is to be sent.
 *
 * @internal
 */
export interface PendingNotification {
  id: number;
  notice: Notice;
  /** ISO 8601, UTC. */
  createdAt: string;
  attempts: number;
}

const outbox = DueRows.of<NotificationOutboxRow>({
  table: 'notices',
  key: ['id'],
  dueAt: 'next_attempt_at',
});

/** @internal */
export async function addToNotificationOutbox(
  knex: Knex,
  notices: readonly Notice[],
): Promise<void> {
  const now = isoNow();
  await outbox.add(
    knex,
    notices.map(notice => ({
      message: JSON.stringify(notice),
      created_at: now,
      attempts: 0,
      next_attempt_at: now,
    })),
  );
}

/**
 * Notifications that are due, the longest due first.
 *
 * @internal
 */
export async function readDueNotifications(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<PendingNotification[]> {
  const rows: NotificationOutboxRow[] = await outbox
    .due(knex, options.now)
    .orderBy('id')
    .limit(options.limit)
    .select();
  return rows.map(row => ({
    id: Number(row.id),
    notice: parseNotice(row.message),
    createdAt: row.created_at,
    attempts: row.attempts,
  }));
}

function parseNotice(message: string): Notice {
  const notice: Notice = JSON.parse(message);
  return notice.kind === 'approval'
    ? notice
    : { ...notice, promotion: withCodes(notice.promotion) };
}

/** @internal */
export async function removeFromNotificationOutbox(
  knex: Knex,
  ids: readonly number[],
): Promise<void> {
  await outbox.remove(
    knex,
    ids.map(id => ({ id })),
  );
}

/** @internal */
export async function postponeNotification(
  knex: Knex,
  id: number,
  outcome: { attempts: number; nextAttemptAt: string },
): Promise<void> {
  await outbox.postpone(
    knex,
    { id },
    {
      dueAt: outcome.nextAttemptAt,
      changes: { attempts: outcome.attempts },
    },
  );
}
