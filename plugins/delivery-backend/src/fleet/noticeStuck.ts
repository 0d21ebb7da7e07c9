import type {
  ApplicationSummary,
  Deployment,
  DescribedStuckReason,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { readSummaries } from '../store/operations/applicationSummaries';
import { addToNotificationOutbox } from '../store/operations/notificationOutbox';
import { recordStuck } from '../store/operations/stuckNotices';

/**
 * An application with a promotion under way that doesn't go on by itself.
 *
 * @internal
 */
export interface StuckApplication {
  applicationKey: string;
  promotion: NonNullable<Deployment['promotion']>;
  reason: DescribedStuckReason;
  summary: ApplicationSummary;
}

/**
 * The application if a promotion under way waits for somebody: the same rule as on
 * the pages. A promotion that failed is announced as that.
 *
 * @internal
 */
export function toStuck(
  applicationKey: string,
  { promotion, waiting }: Pick<Deployment, 'promotion' | 'waiting'>,
  summary: ApplicationSummary,
): StuckApplication[] {
  return promotion && !promotion.outcome && waiting?.advice
    ? [{ applicationKey, promotion, reason: waiting, summary }]
    : [];
}

/**
 * Notifies owners of promotions that have come to wait for somebody, once for each
 * and what it waits for. What waited already when an application was first
 * summarized, or before this was recorded, isn't news. Call it before the summaries
 * are saved, in the same transaction.
 *
 * @internal
 */
export async function noticeStuck(
  tx: Knex.Transaction,
  stuck: readonly StuckApplication[],
): Promise<void> {
  if (stuck.length === 0) {
    return;
  }
  const added = await recordStuck(
    tx,
    stuck.map(one => ({
      ...one,
      promotionId: one.promotion.id,
      code: one.reason.code,
    })),
  );
  const before = await readSummaries(
    tx,
    added.map(({ applicationKey }) => applicationKey),
  );
  await addToNotificationOutbox(
    tx,
    added
      .filter(({ applicationKey, reason, summary }) => {
        const known = before.get(applicationKey);
        return (
          known !== undefined &&
          !(
            known.waiting?.code === reason.code &&
            known.next === summary.shown.next
          )
        );
      })
      .map(({ promotion, reason }) => ({ kind: 'stuck', promotion, reason })),
  );
}
