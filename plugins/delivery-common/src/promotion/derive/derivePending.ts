import { sameVersion } from '../../images';
import type { Promotion } from '../../model/promotion';
import { promotionId, rolloutCount } from '../identity';
import type { PromotionDraft } from '../PromotionDraft';
import { appliedTime, orderStages } from '../stageTimes';
import { covers, type VersionEvidence } from '../versionEvidence';
import { type Candidate, findCandidates } from './candidates';
import type { PendingContext } from './pendingContext';
import { pendingPromotion } from './pendingPromotion';
import { withPushedStage } from './pushedStage';
import { supersede } from './superseded';

/**
 * Derives the promotions of a repository that no sync has applied yet: from
 * commits and parameters that contain a version, and from pushes that may be
 * promoted. The result depends only on what is known now, not on how it became
 * known.
 *
 * @internal
 */
export function derivePending(
  draft: PromotionDraft,
  repository: string,
  evidence: VersionEvidence[],
): void {
  const { application } = draft;
  if (!application || draft.goneAt) {
    return;
  }
  const rollouts = draft.rolloutsIn(repository);
  const context = { draft, application, repository, evidence, rollouts };
  const { candidates, refused } = findCandidates(context);
  const { pending, applied } = evidenceByPromotion(context);
  for (const [id, items] of pending) {
    writeCommitted(context, id, items, candidates.get(id));
  }
  const derived = new Set(pending.keys());
  for (const [id, candidate] of candidates) {
    if (isUnderOtherTag(context, candidate)) {
      refused.add(id);
    } else if (!derived.has(id) && !draft.promotion(id)?.stages.committed) {
      derived.add(id);
      writePushed(context, id, candidate);
    }
  }
  for (const promotion of draft.promotionsIn(repository)) {
    if (!derived.has(promotion.id) && !appliedTime(promotion.stages)) {
      settleUnderived(context, promotion, { applied, refused });
    }
  }
}

function writeCommitted(
  context: PendingContext,
  id: string,
  evidence: VersionEvidence[],
  candidate: Candidate | undefined,
): void {
  const { draft } = context;
  const promotion = pendingPromotion(context, id, evidence);
  const version = { ...candidate?.version, ...promotion.version };
  draft.write(
    withPushedStage(draft.images, { ...promotion, version }, promotion.version),
  );
}

function writePushed(
  { draft, repository }: PendingContext,
  id: string,
  { version, previous, outcome, outcomeAt, reason }: Candidate,
): void {
  const promotion = orderStages({
    id,
    application: draft.ref,
    repository,
    version,
    ...(previous && { previous }),
    // The push is that of this digest: the tag may have named another image
    // before, whose later push would raise the time of the outcome.
    stages: {},
    ...(outcome && { outcome, outcomeAt, reason }),
  });
  draft.write(
    withPushedStage(draft.images, promotion, { digest: version.digest }),
  );
}

/**
 * Whether the same image is committed or deployed under another tag: the image
 * has one promotion.
 */
function isUnderOtherTag(
  { draft, repository }: PendingContext,
  { version }: Candidate,
): boolean {
  return draft
    .promotionsIn(repository)
    .some(
      ({ stages, version: other }) =>
        (stages.committed ?? stages.synced) !== undefined &&
        other.digest !== undefined &&
        other.digest === version.digest &&
        other.tag !== version.tag,
    );
}

/** Withdraws or supersedes a promotion that no evidence supports any more. */
function settleUnderived(
  { draft, rollouts }: PendingContext,
  promotion: Promotion,
  { applied, refused }: { applied: Set<string>; refused: Set<string> },
): void {
  const { id, stages, outcome } = promotion;
  const isApplied =
    applied.has(id) && !rollouts.some(({ promotionId: of }) => of === id);
  if (isApplied || (refused.has(id) && !stages.committed)) {
    draft.withdraw(id);
  } else if (!outcome || outcome === 'failed') {
    supersede(draft, promotion, rollouts);
  }
}

/**
 * Groups the evidence of a repository by promotion. `pending` is evidence of
 * versions that aren't applied. `applied` are the ids that the applied versions
 * would have if their promotions were new: a version that is put back before
 * another one replaced it continues its former promotion instead.
 */
function evidenceByPromotion(context: PendingContext): {
  pending: Map<string, VersionEvidence[]>;
  applied: Set<string>;
} {
  const { draft, repository } = context;
  const pending = new Map<string, VersionEvidence[]>();
  const applied = new Set<string>();
  const imported = draft
    .promotionsIn(repository)
    .filter(({ stages, commit }) => stages.synced && commit?.exact);
  const memory = draft.repositoryMemory(repository);
  for (const item of context.evidence.filter(({ certain }) => certain)) {
    const count = rolloutCount(memory, item.version);
    const id = promotionId(draft.ref, repository, item.version, count + 1);
    if (isEvidenceApplied(context, item, imported)) {
      applied.add(id);
    } else {
      pending.set(id, [...(pending.get(id) ?? []), item]);
    }
  }
  return { pending, applied };
}

/**
 * Applied by a rollout, or by an unobserved deployment that the history shows.
 */
function isEvidenceApplied(
  { draft: { memory }, rollouts }: PendingContext,
  evidence: VersionEvidence,
  imported: Promotion[],
): boolean {
  const isOfVersion = ({ version }: Pick<Promotion, 'version'>) =>
    sameVersion(version, evidence.version);
  const before = rollouts.findLast(
    rollout => !covers(memory, rollout, evidence),
  );
  return (
    rollouts.some(
      rollout => isOfVersion(rollout) && covers(memory, rollout, evidence),
    ) ||
    (before !== undefined && isOfVersion(before)) ||
    imported.some(
      promotion =>
        promotion.commit?.revision === evidence.revision?.revision &&
        isOfVersion(promotion),
    )
  );
}
