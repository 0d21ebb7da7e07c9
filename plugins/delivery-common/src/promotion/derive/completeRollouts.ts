import type { Promotion } from '../../model/promotion';
import type { PromotionDraft } from '../PromotionDraft';
import { syncFailed } from '../reasons';
import { orderStages, reported } from '../stageTimes';
import { isAtOrAfter } from '../times';
import type { Rollout } from '../types';
import {
  covers,
  evidenceForRollout,
  type VersionEvidence,
} from '../versionEvidence';
import { withCommit } from './commitStage';
import { withPushedStage } from './pushedStage';

/**
 * Completes the promotions of a repository with what the registry and the
 * revisions show. The result depends only on what is known, not on when it
 * became known.
 *
 * @internal
 */
export function completeRollouts(
  draft: PromotionDraft,
  repository: string,
  evidence: VersionEvidence[],
): void {
  const rollouts = draft.rolloutsIn(repository);
  for (const rollout of rollouts) {
    const promotion = draft.promotion(rollout.promotionId);
    if (promotion && firstRollout(rollouts, promotion.id) === rollout) {
      const own = evidenceForRollout(draft.memory, evidence, rollouts, rollout);
      const committed = withCommit(promotion, {
        draft,
        evidence: own,
        rollouts,
        rollout,
      });
      draft.write(orderStages(withFailure(draft, committed, own, rollout)));
    }
  }
  for (const promotion of draft.promotionsIn(repository)) {
    const written = firstRollout(rollouts, promotion.id)?.version;
    draft.write(withPushedStage(draft.images, promotion, written));
  }
}

/** A version that is put back while it is live has several rollouts. */
function firstRollout(rollouts: Rollout[], id: string): Rollout | undefined {
  return rollouts.find(({ promotionId }) => promotionId === id);
}

/**
 * Adds the failure of a sync before the one that applied the version. Removes a
 * failure from before the version was committed: it belongs to an earlier
 * attempt with the same version, which has been replaced since. The rollout's own
 * failure takes its place.
 */
function withFailure(
  draft: PromotionDraft,
  promotion: Promotion,
  [first]: VersionEvidence[],
  rollout: Rollout,
): Promotion {
  const { failure: known, ...others } = promotion;
  const isOfEarlierAttempt =
    known !== undefined &&
    first?.exact === true &&
    first.commit !== undefined &&
    !isAtOrAfter(known.at.at, first.commit.date);
  const kept = isOfEarlierAttempt ? rollout.degraded : known;
  const failed =
    first &&
    draft.memory.failures.find(
      failure =>
        failure.position < rollout.position &&
        covers(draft.memory, failure, first),
    );
  const at = failed && reported(failed.finishedAt ?? failed.startedAt);
  if (at && !(kept && kept.at.at <= at.at)) {
    const reason = syncFailed(failed.message);
    return { ...promotion, failure: { at, ...(reason && { reason }) } };
  }
  return kept === known
    ? promotion
    : { ...others, ...(kept && { failure: kept }) };
}
