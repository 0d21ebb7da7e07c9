import { sameVersion } from '../../images';
import type { Promotion } from '../../model/promotion';
import { committedChange } from '../committedChange';
import { writtenRevision } from '../dryRevisions';
import { deployedByCommit } from '../import/deployedByCommit';
import { promotionCommit } from '../promotionCommit';
import type { PromotionDraft } from '../PromotionDraft';
import { appliedTime, stageTimes, type StageTimes } from '../stageTimes';
import { endOfSecond, isAtOrAfter } from '../times';
import type { KnownRevision, Rollout } from '../types';
import {
  knownRevision,
  undoesRollback,
  type VersionEvidence,
} from '../versionEvidence';
import { onlyCommit } from './onlyCommit';

/**
 * A rollout, and the evidence that led to it.
 *
 * @internal
 */
export interface RolloutEvidence {
  draft: PromotionDraft;
  evidence: VersionEvidence[];
  /** All rollouts of the repository, oldest first. */
  rollouts: Rollout[];
  rollout: Rollout;
}

/**
 * The commit that a piece of evidence shows; none for parameters of the
 * application itself.
 *
 * @internal
 */
export function commitOfEvidence({
  revision,
  commit,
  exact,
}: VersionEvidence): Pick<Promotion, 'commit'> {
  return revision ? { commit: promotionCommit(revision, commit, exact) } : {};
}

/**
 * A promotion with the commit that led to its rollout: the exact one, else a
 * revision that contains the change.
 *
 * @internal
 */
export function withCommit(
  promotion: Promotion,
  context: RolloutEvidence,
): Promotion {
  const { evidence, rollout } = context;
  const first = evidence.find(({ exact }) => exact) ?? evidence[0];
  if (first?.exact && first.revision) {
    return withExactCommit(promotion, context, first);
  }
  if (first?.revision && isBeforeSync(promotion, first.at)) {
    return {
      ...promotion,
      stages: { ...promotion.stages, ...stageTimes('evidence', first) },
      ...commitOfEvidence(first),
    };
  }
  if (rollout.parameters) {
    return withParameters(promotion, first);
  }
  return promotion.commit?.exact
    ? promotion
    : withContainingRevision(promotion, context);
}

function withExactCommit(
  promotion: Promotion,
  { draft, rollouts, rollout }: RolloutEvidence,
  evidence: VersionEvidence,
): Promotion {
  const { from } = evidence;
  const earlier = rollouts.slice(0, rollouts.indexOf(rollout));
  return {
    ...promotion,
    ...(undoesRollback(draft, earlier, evidence) && { undoesRollback: true }),
    ...(!promotion.previous && from && { previous: from }),
    stages: { ...promotion.stages, ...stageTimes('evidence', evidence) },
    ...commitOfEvidence(evidence),
  };
}

/** No source reports when the parameters of the application itself changed. */
function withParameters(
  promotion: Promotion,
  evidence: VersionEvidence | undefined,
): Promotion {
  return evidence && !evidence.revision && isBeforeSync(promotion, evidence.at)
    ? {
        ...promotion,
        stages: {
          ...promotion.stages,
          ...stageTimes('evidence', { at: evidence.at }),
        },
      }
    : promotion;
}

/** The synced revision contains the version, though another one may have made the change. */
function withContainingRevision(
  promotion: Promotion,
  context: RolloutEvidence,
): Promotion {
  const { draft, rollout } = context;
  const { commit, previous, rollback } = promotion;
  const sourceIndex = changedSource(context);
  const synced = rollout.revisions[sourceIndex];
  const revision = synced && writtenRevision(draft.memory, synced);
  const repoUrl =
    commit?.revision === revision
      ? commit?.repoUrl
      : draft.application?.sources[sourceIndex]?.repoUrl;
  if (!revision || !repoUrl) {
    return promotion;
  }
  const known = knownRevision(draft.revisions, repoUrl, revision);
  const change = known && committedChange(draft, known, promotion.repository);
  const isExact =
    !rollback &&
    change !== undefined &&
    sameVersion(change.version, rollout.version);
  const only =
    isExact || rollback
      ? undefined
      : onlyCommit(context, sourceIndex) ?? importedCommit(promotion, context);
  if (only) {
    return {
      ...promotion,
      commit: promotionCommit(only, only, true),
      stages: {
        ...promotion.stages,
        ...stageTimes('evidence', { commit: only, at: only.date }),
      },
    };
  }
  return {
    ...promotion,
    ...(isExact && !previous && change.from && { previous: change.from }),
    commit: promotionCommit({ repoUrl, revision }, known, isExact),
    stages: {
      ...promotion.stages,
      ...(!rollback &&
        containingTimes(promotion, draft, { repoUrl, revision })),
    },
  };
}

/**
 * The commit of what was deployed before the application was first observed,
 * according to the history.
 */
function importedCommit(
  { repository, sync }: Promotion,
  { draft, rollouts, rollout }: RolloutEvidence,
): KnownRevision | undefined {
  const entry =
    rollouts[0] === rollout
      ? draft.application?.history.find(({ id }) => id === sync?.historyId)
      : undefined;
  const deployed = entry && deployedByCommit(draft, repository, entry);
  return deployed && sameVersion(deployed.version, rollout.version)
    ? deployed.commit
    : undefined;
}

/** The first source whose revision differs from the previous rollout's. */
function changedSource({ rollouts, rollout }: RolloutEvidence): number {
  const before = rollouts[rollouts.indexOf(rollout) - 1];
  const changed = rollout.revisions.findIndex(
    (revision, index) => before && before.revisions[index] !== revision,
  );
  return Math.max(changed, 0);
}

function containingTimes(
  promotion: Promotion,
  draft: PromotionDraft,
  { repoUrl, revision }: { repoUrl: string; revision: string },
): StageTimes {
  const known = knownRevision(draft.revisions, repoUrl, revision);
  if (known) {
    return stageTimes('evidence', { commit: known, at: known.date });
  }
  const head = draft.memory.revisions.find(
    other =>
      writtenRevision(draft.memory, other.revision) === revision &&
      other.repoUrl === repoUrl,
  );
  return head && isBeforeSync(promotion, head.at)
    ? stageTimes('evidence', { at: head.at })
    : {};
}

/** What was first observed after the sync says nothing about when it was committed. */
function isBeforeSync({ stages }: Promotion, at: string): boolean {
  const applied = appliedTime(stages);
  return !applied || !isAtOrAfter(at, endOfSecond(applied.at));
}
