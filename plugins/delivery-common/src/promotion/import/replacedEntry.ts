import type { ApplicationHistoryEntry } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { syncOfEntry } from '../apply/syncEntry';
import type { PromotionEnding } from '../derive/candidateEnding';
import { withPushedStage } from '../derive/pushedStage';
import { countRollout, promotionId, rolloutCount } from '../identity';
import type { PromotionDraft } from '../PromotionDraft';
import { replacedBy, rolledBackTo } from '../reasons';
import {
  appliedTime,
  firstStageTime,
  orderStages,
  reported,
  stageTimes,
} from '../stageTimes';
import { isClearlyAfter } from '../times';
import type { Rollout } from '../types';
import type { DeployedVersion, ImportContext } from './deployedVersions';

/**
 * An entry of the history that was replaced by another version, with its
 * neighbours.
 *
 * @internal
 */
export interface ReplacedEntry {
  entry: ApplicationHistoryEntry;
  deployed: DeployedVersion;
  /** The version that the entry replaced, if it is known. */
  before?: DeployedVersion;
  /** The entry that replaced it; `next` is the version that it deployed. */
  nextEntry: ApplicationHistoryEntry;
  next: DeployedVersion;
}

/**
 * Imports a replaced entry: completes the promotion that had already begun, or
 * writes a new one.
 *
 * @internal
 * @returns whether a rollout was added, so that the repository must be derived
 * again
 */
export function importReplacedEntry(
  context: ImportContext,
  replaced: ReplacedEntry,
): boolean {
  const { draft } = context;
  const { entry, deployed, before, next } = replaced;
  const begun = begunPromotion(context, deployed, entry.deployedAt);
  const promotion = withPushedStage(
    draft.images,
    importedPromotion(context, replaced, begun),
    deployed.version,
  );
  draft.write(promotion);
  if (before) {
    correctEnding(draft, before, replaced);
  }
  correctPrevious(draft, promotion, next);
  if (begun) {
    addRollout(context, promotion, deployed);
  }
  return begun !== undefined;
}

function importedPromotion(
  { draft, application, repository }: ImportContext,
  { entry, deployed, before, nextEntry, next }: ReplacedEntry,
  begun: Promotion | undefined,
): Promotion {
  const { version, commit, rollback } = deployed;
  const { deployedAt } = entry;
  const {
    outcome: _,
    outcomeAt: __,
    reason: ___,
    ...known
  } = begun ?? {
    id: promotionId(draft.ref, repository, version, `h${deployedAt}`),
    application: application.ref,
    repository,
    version,
    stages: {},
  };
  const previous = before?.version ?? deployed.from;
  const times = { committedAt: commit?.date, deployedAt };
  return orderStages({
    ...known,
    ...(previous && { previous }),
    stages: { ...known.stages, ...stageTimes('deployment', times) },
    ...(commit && { commit }),
    sync: syncOfEntry(entry),
    ...(rollback && { rollback: true }),
    ...endingBy(next, nextEntry),
  });
}

/** How a deployment ends the promotion of the previous version. */
function endingBy(
  { version, rollback }: DeployedVersion,
  { initiatedBy, deployedAt }: ApplicationHistoryEntry,
): PromotionEnding {
  const outcomeAt = reported(deployedAt);
  return rollback
    ? {
        outcome: 'rolled-back',
        reason: rolledBackTo(version, initiatedBy?.username),
        outcomeAt,
      }
    : {
        outcome: 'superseded',
        reason: replacedBy(version),
        outcomeAt,
      };
}

/**
 * The pending, never synced promotion of the version, which the deployment
 * completes.
 */
function begunPromotion(
  { draft, repository }: ImportContext,
  { version, rollback }: DeployedVersion,
  deployedAt: string,
): Promotion | undefined {
  const count = rolloutCount(draft.repositoryMemory(repository), version);
  const id = promotionId(draft.ref, repository, version, count + 1);
  const promotion = draft.promotion(id);
  if (!promotion || rollback || appliedTime(promotion.stages)) {
    return undefined;
  }
  const since = firstStageTime(promotion.stages);
  // A stage can have been reached before it was observed.
  const mayHaveBegun =
    since &&
    (since.basis === 'observed' || !isClearlyAfter(since.at, deployedAt));
  return mayHaveBegun ? promotion : undefined;
}

/**
 * Corrects when and how the promotion of the previous version ended, if it
 * turns out that it ended earlier.
 *
 * @internal
 */
export function correctEnding(
  draft: PromotionDraft,
  before: DeployedVersion,
  { entry, deployed }: Pick<ReplacedEntry, 'entry' | 'deployed'>,
): void {
  const former = before.promotion && draft.promotion(before.promotion.id);
  const isEnded =
    former?.outcome === 'superseded' || former?.outcome === 'rolled-back';
  const ending = endingBy(deployed, entry);
  if (
    former?.outcomeAt &&
    isEnded &&
    former.outcomeAt.at > reported(entry.deployedAt).at
  ) {
    draft.write(orderStages({ ...former, ...ending }));
  }
}

/** Corrects `previous` in the promotion that came next. */
function correctPrevious(
  draft: PromotionDraft,
  promotion: Promotion,
  next: DeployedVersion,
): void {
  const later = next.promotion && draft.promotion(next.promotion.id);
  if (later?.sync && later.sync.historyId !== undefined) {
    draft.write({ ...later, previous: draft.writtenVersion(promotion) });
  }
}

/** Inserts the rollout in order, so that its commit counts as applied. */
function addRollout(
  { draft, repository }: ImportContext,
  { id, sync }: Promotion,
  { version, rollback }: DeployedVersion,
): void {
  const { runs } = draft.memory;
  const isLater = (other: Rollout) => {
    const historyId = draft.promotion(other.promotionId)?.sync?.historyId;
    return (
      other.repository === repository &&
      historyId !== undefined &&
      historyId > (sync?.historyId ?? 0)
    );
  };
  const at = runs.findIndex(isLater);
  const rollout: Rollout = {
    promotionId: id,
    repository,
    version,
    revisions: sync?.revisions ?? [],
    position: at < 0 ? draft.memory.position : runs[at].position,
    rollback: rollback ?? false,
    ...(sync?.initiatedBy?.username && { by: sync.initiatedBy.username }),
    parameters: false,
  };
  draft.memory = {
    ...draft.memory,
    runs: runs.toSpliced(at < 0 ? runs.length : at, 0, rollout),
  };
  draft.remember(
    repository,
    countRollout(draft.repositoryMemory(repository), version),
  );
}
