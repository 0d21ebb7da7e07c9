import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { OutcomeNotice } from '../store/operations/notificationOutbox';
import type { Reduced } from './types';

/** Outcomes older than this when observed aren't news. Milliseconds. */
const NEWS_MS = 3_600_000;

/**
 * The notifications for owners that follow from some changes. The first
 * observation of an application shows its past, which isn't news. Neither is an
 * outcome that a portal observes long afterwards because it was stopped.
 *
 * @internal
 */
export function outcomeNotices(
  reduced: Pick<Reduced, 'before' | 'after' | 'seenAt'>[],
): OutcomeNotice[] {
  return reduced
    .filter(({ before }) => before.application !== undefined)
    .flatMap(({ before, after, seenAt }) => {
      const outcomes = new Map(
        before.promotions.map(({ id, outcome }) => [id, outcome]),
      );
      return after.promotions
        .filter(promotion => isNews(promotion, seenAt))
        .flatMap((promotion): OutcomeNotice[] => {
          const former = outcomes.get(promotion.id);
          if (promotion.outcome === 'failed' && former !== 'failed') {
            return [{ kind: 'failed', promotion }];
          }
          if (promotion.outcome === 'live' && former === 'failed') {
            return [{ kind: 'recovered', promotion }];
          }
          if (promotion.outcome === 'rolled-back' && former !== 'rolled-back') {
            return [{ kind: 'rolled-back', promotion }];
          }
          return [];
        });
    });
}

function isNews({ outcomeAt }: Promotion, seenAt: string): boolean {
  return (
    outcomeAt !== undefined &&
    Date.parse(seenAt) - Date.parse(outcomeAt.at) < NEWS_MS
  );
}
