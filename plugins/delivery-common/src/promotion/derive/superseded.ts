import type { Promotion } from '../../model/promotion';
import type { PromotionDraft } from '../PromotionDraft';
import { supersededByVersion } from '../reasons';
import { appliedTime, lastStageTime, orderStages } from '../stageTimes';
import type { Rollout } from '../types';
import type { PromotionEnding } from './candidateEnding';

/**
 * How a pending promotion ends when the rollout of another version supersedes
 * it. Empty if the time of that isn't known.
 *
 * @internal
 */
export function supersededBy(
  draft: PromotionDraft,
  rollout: Rollout,
): PromotionEnding {
  const outcomeAt = appliedTime(
    draft.promotion(rollout.promotionId)?.stages ?? {},
  );
  return outcomeAt
    ? {
        outcome: 'superseded',
        outcomeAt,
        reason: supersededByVersion(rollout.version),
      }
    : {};
}

/**
 * Ends a pending promotion if its evidence is no longer kept: the next version
 * that was applied supersedes it.
 *
 * @internal
 */
export function supersede(
  draft: PromotionDraft,
  promotion: Promotion,
  rollouts: Rollout[],
): void {
  const since = lastStageTime(promotion.stages);
  const superseding = rollouts.find(({ promotionId, rollback }) => {
    const synced = draft.promotion(promotionId)?.stages.synced;
    return (
      since !== undefined &&
      synced !== undefined &&
      !rollback &&
      promotionId !== promotion.id &&
      synced.at > since.at
    );
  });
  if (superseding) {
    draft.write(
      orderStages({ ...promotion, ...supersededBy(draft, superseding) }),
    );
  }
}
