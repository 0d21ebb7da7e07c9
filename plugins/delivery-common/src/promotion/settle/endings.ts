import { compareSemver, parseSemver } from '../../image-updater/semver/version';
import { sameReference } from '../../images';
import type { ImageVersion, Promotion, StageTime } from '../../model/promotion';
import { rolloutCount } from '../identity';
import type { PromotionDraft } from '../PromotionDraft';
import { replacedBy, rolledBackTo } from '../reasons';
import { orderStages } from '../stageTimes';
import type { Rollout } from '../types';

/**
 * What replaces a version.
 *
 * @internal
 */
export interface Replacement {
  /** The promotion of the new version. */
  by: Promotion | undefined;
  /** Its rollout, if that is what replaces the version. */
  rollout?: Rollout;
  at: StageTime;
}

/**
 * Ends a promotion because another version replaced it.
 *
 * @internal
 */
export function endReplaced(
  draft: PromotionDraft,
  id: string,
  { by, rollout, at }: Replacement,
): void {
  const promotion = draft.promotion(id);
  if (!promotion || !by) {
    return;
  }
  draft.write(
    orderStages({
      ...promotion,
      ...replacementOutcome(draft, promotion, by, rollout),
      outcomeAt: at,
    }),
  );
}

/**
 * How a promotion ends when another version replaces it. It is rolled back if
 * the other version is an earlier deployment, has stayed live throughout, or is
 * lower and was deployed before; else it is superseded. A rollback to a version
 * that was deployed after this promotion only rolls back later ones. This
 * promotion had already been superseded, though nobody observed it.
 *
 * @internal
 */
export function replacementOutcome(
  draft: PromotionDraft,
  promotion: Promotion,
  by: Promotion,
  rollout: Rollout | undefined,
): Pick<Promotion, 'outcome' | 'reason'> {
  const version = rollout?.version ?? draft.writtenVersion(by);
  const memory = draft.repositoryMemory(by.repository);
  const isReturn =
    rollout !== undefined &&
    (memory.live?.id === rollout.promotionId ||
      (rolloutCount(memory, rollout.version) > 1 &&
        isLower(rollout.version, promotion.version)));
  const isRollback =
    rollout?.rollback === true && !wasDeployedSince(draft, promotion, rollout);
  if (isRollback || isReturn) {
    return {
      outcome: 'rolled-back',
      reason: rolledBackTo(version, rollout?.rollback ? rollout.by : undefined),
    };
  }
  return { outcome: 'superseded', reason: replacedBy(version) };
}

/**
 * Whether the version of a rollout was already deployed between the promotion
 * and the rollout: by another rollout, or by a history entry that nobody
 * observed.
 */
function wasDeployedSince(
  draft: PromotionDraft,
  promotion: Promotion,
  rollout: Rollout,
): boolean {
  const rollouts = draft.rolloutsIn(rollout.repository);
  const own = rollouts.findIndex(other => other.promotionId === promotion.id);
  const between = rollouts.slice(own + 1, rollouts.lastIndexOf(rollout));
  const isSameVersion = (version: ImageVersion, id: string) =>
    id !== promotion.id &&
    id !== rollout.promotionId &&
    sameReference(version, rollout.version);
  const byRollout =
    own >= 0 &&
    between.some(other => isSameVersion(other.version, other.promotionId));
  return (
    byRollout ||
    draft
      .promotionsIn(rollout.repository)
      .some(
        other =>
          isSameVersion(draft.writtenVersion(other), other.id) &&
          historyId(other) > historyId(promotion) &&
          historyId(other) < historyId(draft.promotion(rollout.promotionId)),
      )
  );
}

/** NaN if there is none, because NaN is neither more nor less than any id. */
function historyId(promotion: Promotion | undefined): number {
  return promotion?.sync?.historyId ?? NaN;
}

function isLower(a: ImageVersion, b: ImageVersion): boolean {
  const version = a.tag ? parseSemver(a.tag) : undefined;
  const than = b.tag ? parseSemver(b.tag) : undefined;
  return (
    version !== undefined &&
    than !== undefined &&
    compareSemver(version, than) < 0
  );
}
