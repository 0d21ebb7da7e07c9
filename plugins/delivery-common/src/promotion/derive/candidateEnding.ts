import { displayVersion } from '../../images';
import type { Promotion } from '../../model/promotion';
import type { PromotionDraft } from '../PromotionDraft';
import { supersededByVersion } from '../reasons';
import { observed } from '../stageTimes';
import { tagPush } from '../tagPushes';
import type { AcceptedImage, DatedRollout } from './acceptedImages';

/**
 * How a promotion ended; empty if it didn't.
 *
 * @internal
 */
export type PromotionEnding = Pick<
  Promotion,
  'outcome' | 'outcomeAt' | 'reason'
>;

/**
 * What can supersede a version that was only pushed.
 *
 * @internal
 */
export interface CandidateSuccessors {
  /** The first rollout of a newer version after its push. */
  superseding: DatedRollout | undefined;
  /**
   * The push that brought the number of newer pending versions to the limit.
   */
  overtaking: AcceptedImage | undefined;
}

/**
 * The earliest event that ends a version that was only pushed.
 *
 * @internal
 */
export function candidateEnding(
  draft: PromotionDraft,
  { image }: Pick<AcceptedImage, 'image'>,
  { superseding, overtaking }: CandidateSuccessors,
): PromotionEnding {
  const endings = [
    superseding && supersededEnding(draft, superseding),
    overtaking && overtakenEnding(overtaking),
    image.removedAt ? removedEnding(image.removedAt) : undefined,
  ].flatMap(ending => ending ?? []);
  endings.sort((a, b) =>
    (a.outcomeAt?.at ?? '') <= (b.outcomeAt?.at ?? '') ? -1 : 1,
  );
  return endings[0] ?? {};
}

function supersededEnding(
  draft: PromotionDraft,
  { rollout, appliedAt }: DatedRollout,
): PromotionEnding | undefined {
  const promotion = draft.promotion(rollout.promotionId);
  return promotion && appliedAt
    ? {
        outcome: 'superseded',
        outcomeAt: promotion.stages.synced ?? observed(appliedAt),
        reason: supersededByVersion(rollout.version),
      }
    : undefined;
}

function overtakenEnding({ image, version }: AcceptedImage): PromotionEnding {
  return {
    outcome: 'superseded',
    outcomeAt: tagPush(image, version.tag),
    reason: {
      code: 'promotion.passed-by-many',
      parameters: { version: displayVersion(version) },
    },
  };
}

function removedEnding(removedAt: string): PromotionEnding {
  return {
    outcome: 'abandoned',
    outcomeAt: observed(removedAt),
    reason: { code: 'promotion.image-removed', parameters: {} },
  };
}
