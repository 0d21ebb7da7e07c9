import { sameReference } from '../../images';
import type { ImageVersion, Promotion } from '../../model/promotion';
import { headWithCommit } from '../commitRanges';
import { countRollout, promotionId, rolloutCount } from '../identity';
import { isMovedRepository } from '../movedRepository';
import { formerRevision } from '../observe/formerRevision';
import type { ObservedRepository } from '../observedRepository';
import type { PromotionDraft } from '../PromotionDraft';
import { endReplaced } from '../settle/endings';
import { observed, orderStages, reported, stageTimes } from '../stageTimes';
import type { RepositoryMemory, Rollout } from '../types';
import { covers } from '../versionEvidence';
import type { AppliedVersion } from './appliedVersion';
import { isRollback, promotionSync } from './syncEntry';

/** Number of rollouts to remember per repository. */
const ROLLOUTS_KEPT = 20;

/**
 * Starts the rollout of a version. Its promotion becomes the target, and the
 * promotion of the previous target ends. The live version stays live until the
 * new one is. If the live version is put back before that, its promotion
 * continues unchanged.
 *
 * @internal
 */
export function startRollout(
  context: ObservedRepository,
  applied: AppliedVersion,
): void {
  const { draft, application, repository } = context;
  const { version } = applied;
  const before = draft.repositoryMemory(repository);
  const putBack =
    before.live && sameReference(before.live.version, version)
      ? before.live
      : undefined;
  const sync = promotionSync(application, applied);
  const revisions = sync?.revisions ?? application.sync.revisions;
  const rollout: Rollout = {
    promotionId:
      putBack?.id ??
      promotionId(
        draft.ref,
        repository,
        version,
        rolloutCount(before, version) + 1,
      ),
    repository,
    version,
    revisions,
    from: revisions.map(
      (revision, sourceIndex) =>
        formerRevision(draft, application, sourceIndex, revision) ?? '',
    ),
    position: applied.byOperation
      ? draft.memory.operation?.position ?? draft.nextPosition
      : draft.nextPosition,
    rollback: isRollback(draft, application, applied.entry),
    ...(sync?.initiatedBy?.username && { by: sync.initiatedBy.username }),
    parameters: applied.parameters,
  };
  addRollout(draft, rollout);
  if (!putBack) {
    writePromotion(context, applied, rollout, sync);
  }
  draft.remember(repository, {
    ...(putBack ? {} : countRollout(before, version)),
    target: { id: rollout.promotionId, version },
    applied: applied.all,
    historyId: applied.entry?.id ?? before.historyId,
  });
  endFormerTarget(context, before, rollout, sync);
}

function addRollout(draft: PromotionDraft, rollout: Rollout): void {
  const { repository } = rollout;
  const others = draft.memory.runs.filter(r => r.repository !== repository);
  const kept = draft.rolloutsIn(repository).slice(1 - ROLLOUTS_KEPT);
  draft.memory = { ...draft.memory, runs: [...others, ...kept, rollout] };
}

function writePromotion(
  context: ObservedRepository,
  { entry }: AppliedVersion,
  rollout: Rollout,
  sync: Promotion['sync'],
): void {
  const { draft, application, repository } = context;
  const { promotionId: id, version, rollback } = rollout;
  const previous = previousVersion(context);
  const known = draft.promotion(id);
  const pending = known && pendingParts(draft, known, rollout);
  const deployedAt =
    entry?.deployedAt ?? (sync && application.operation?.finishedAt);
  draft.write(
    orderStages({
      id,
      application: draft.ref,
      repository,
      ...pending,
      version,
      ...(previous && { previous }),
      stages: {
        ...pending?.stages,
        ...stageTimes('deployment', { deployedAt }),
      },
      ...(sync && { sync }),
      ...(rollback && { rollback }),
    }),
  );
}

/** Ends the version that was being rolled out, unless it is live. */
function endFormerTarget(
  { draft, seenAt }: ObservedRepository,
  { target, live }: RepositoryMemory,
  rollout: Rollout,
  sync: Promotion['sync'],
): void {
  if (target && target.id !== rollout.promotionId && target.id !== live?.id) {
    endReplaced(draft, target.id, {
      by: draft.promotion(rollout.promotionId),
      rollout,
      at: sync?.finishedAt ? reported(sync.finishedAt) : observed(seenAt),
    });
  }
}

/**
 * Stages and commit that a pending promotion carries into its rollout. If the
 * rolled-out configuration predates that commit, only the push is carried over.
 * A rollback carries over nothing.
 */
function pendingParts(
  draft: PromotionDraft,
  { stages, proposal, commit, failure }: Promotion,
  rollout: Rollout,
): Pick<Promotion, 'stages' | 'proposal' | 'commit' | 'failure'> {
  if (rollout.rollback) {
    return { stages: {} };
  }
  const revision = headWithCommit(draft, commit);
  const evidence = revision && { position: revision.position, revision };
  if (evidence && !covers(draft.memory, rollout, evidence)) {
    return { stages: stages.pushed ? { pushed: stages.pushed } : {} };
  }
  return {
    stages,
    ...(proposal && { proposal }),
    ...(commit && { commit }),
    ...(failure && { failure }),
  };
}

/**
 * The current version, else the live version of the repository from which the
 * image moved here.
 */
function previousVersion({
  draft,
  application,
  repository,
}: ObservedRepository): ImageVersion | undefined {
  const current = draft.currentVersion(repository);
  if (current) {
    return current;
  }
  const desired = application.operation?.images ?? [];
  const isDesired = (name: string) =>
    desired.some(
      image => image.startsWith(`${name}:`) || image.startsWith(`${name}@`),
    );
  const former = Object.entries(draft.memory.repositories).find(
    ([name, { live }]) =>
      live && isMovedRepository(name, repository) && !isDesired(name),
  );
  return former?.[1].live?.version;
}
