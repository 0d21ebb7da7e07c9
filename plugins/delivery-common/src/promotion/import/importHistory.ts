import { sameReference } from '../../images';
import type { ApplicationHistoryEntry } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { finishedHistory } from '../history';
import type { PromotionDraft } from '../PromotionDraft';
import { orderStages, stageTimes } from '../stageTimes';
import { isAtOrAfter } from '../times';
import {
  deployedVersions,
  type DeployedVersion,
  type ImportContext,
} from './deployedVersions';
import { deployedByCommit } from './deployedByCommit';
import {
  correctEnding,
  importReplacedEntry,
  type ReplacedEntry,
} from './replacedEntry';

/**
 * Imports promotions from history entries that were replaced while nobody
 * observed the application, if the version that they deployed is known. This
 * way the timeline isn't empty on the first day, and has no gap after a time
 * without observations. A promotion that had already begun is completed.
 *
 * @internal
 * @returns whether a rollout was added, so that the repository must be derived
 * again
 */
export function importHistory(
  draft: PromotionDraft,
  repository: string,
): boolean {
  const { application } = draft;
  const { historyId } = draft.repositoryMemory(repository);
  if (!application || draft.goneAt || historyId === undefined) {
    return false;
  }
  const entries = finishedHistory(application).filter(e => e.id <= historyId);
  const context = { draft, application, repository, entries };
  const versions = deployedVersions(context);
  const added = entries.map((_, index) =>
    importEntry(context, versions, index),
  );
  return added.includes(true);
}

/** @returns whether a rollout was added */
function importEntry(
  context: ImportContext,
  versions: Map<number, DeployedVersion>,
  index: number,
): boolean {
  const { draft, entries } = context;
  const entry = entries[index];
  const deployed = versions.get(entry.id);
  if (deployed?.promotion) {
    addCommit(context, entry, deployed.promotion);
    return false;
  }
  const before = index > 0 ? versions.get(entries[index - 1].id) : undefined;
  if (!deployed || !isDeployment(index, entry, deployed, before)) {
    return false;
  }
  if (isContinued(context, entry, deployed)) {
    if (before && index < entries.length - 1) {
      correctEnding(draft, before, { entry, deployed });
    }
    return false;
  }
  const after = findReplacement(entries.slice(index + 1), versions, deployed);
  return after
    ? importReplacedEntry(context, { entry, deployed, before, ...after })
    : false;
}

/**
 * Whether it is certain that this entry deployed the version, not an earlier
 * one.
 */
function isDeployment(
  index: number,
  entry: ApplicationHistoryEntry,
  deployed: DeployedVersion,
  before: DeployedVersion | undefined,
): boolean {
  const mayBeOfEntryCutOff = index === 0 && entry.id > 0 && !deployed.commit;
  return (
    !mayBeOfEntryCutOff &&
    !(before && sameReference(before.version, deployed.version))
  );
}

/**
 * Whether an earlier promotion of the version continues in an entry. It does if
 * it isn't known to have ended before the entry: nobody observed what ran in
 * between.
 */
function isContinued(
  { draft, repository }: ImportContext,
  { id, deployedAt }: ApplicationHistoryEntry,
  { version }: DeployedVersion,
): boolean {
  return draft.promotionsIn(repository).some(promotion => {
    const { sync, outcome, outcomeAt } = promotion;
    return (
      sync?.historyId !== undefined &&
      sync.historyId < id &&
      sameReference(draft.writtenVersion(promotion), version) &&
      (outcome === 'live' ||
        !outcomeAt ||
        isAtOrAfter(outcomeAt.at, deployedAt))
    );
  });
}

/**
 * What replaced a version: the first later entry that is known to have deployed
 * another one. Undefined if there is none, or if an entry before that belongs to a
 * promotion of the same version.
 */
function findReplacement(
  later: ApplicationHistoryEntry[],
  versions: Map<number, DeployedVersion>,
  { version }: DeployedVersion,
): Pick<ReplacedEntry, 'nextEntry' | 'next'> | undefined {
  for (const nextEntry of later) {
    const next = versions.get(nextEntry.id);
    if (next && !sameReference(next.version, version)) {
      return { nextEntry, next };
    }
    if (next?.promotion) {
      return undefined;
    }
  }
  return undefined;
}

/** Completes a promotion that was imported before its commit was known. */
function addCommit(
  { draft, repository }: ImportContext,
  entry: ApplicationHistoryEntry,
  promotion: Promotion,
): void {
  const { id, commit, rollback, stages } = promotion;
  const hasRollout = draft
    .rolloutsIn(repository)
    .some(({ promotionId }) => promotionId === id);
  if (commit || rollback || hasRollout) {
    return;
  }
  const known = deployedByCommit(draft, repository, entry);
  if (
    known?.commit?.date &&
    sameReference(known.version, draft.writtenVersion(promotion))
  ) {
    const committedAt = known.commit.date;
    draft.write(
      orderStages({
        ...promotion,
        commit: known.commit,
        stages: { ...stages, ...stageTimes('deployment', { committedAt }) },
      }),
    );
  }
}
