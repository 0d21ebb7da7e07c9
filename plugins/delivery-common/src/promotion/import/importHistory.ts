import { sameReference } from '../../images';
import type { ApplicationHistoryEntry } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import type { Draft } from '../PromotionDraft';
import { finishedHistory } from '../applicationVersions';
import {
  deployedByCommit,
  deployedVersions,
  type DeployedVersion,
} from './deployedVersions';
import { endFormer, type Passed, writePassed } from './replacedEntries';
import { isAtOrAfter, orderStages, reported } from '../times';

/**
 * Makes promotions of those entries of the history that came and went while
 * nobody looked, as far as it is known which version they brought. So the
 * timeline isn't empty on the first day, and nothing is missing in it after a
 * time without news. A promotion that had begun before is completed.
 *
 * @internal
 * @returns whether a run was added, from which other things may follow
 */
export function importHistory(draft: Draft, repository: string): boolean {
  const { application } = draft;
  const { historyId } = draft.repository(repository);
  if (!application || draft.goneAt || historyId === undefined) {
    return false;
  }
  const entries = finishedHistory(application).filter(e => e.id <= historyId);
  const versions = deployedVersions(draft, application, repository, entries);
  let isRunAdded = false;
  entries.forEach((entry, index) => {
    const deployed = versions.get(entry.id);
    if (!deployed) {
      return;
    }
    if (deployed.promotion) {
      addCommit(draft, repository, entry, deployed.promotion);
      return;
    }
    if (index === 0 && entry.id > 0 && !deployed.commit) {
      // What came before is cut off, so this may not be what brought it.
      return;
    }
    const before = index > 0 ? versions.get(entries[index - 1].id) : undefined;
    if (before && sameReference(before.version, deployed.version)) {
      return;
    }
    if (isContinued(draft, repository, entry, deployed)) {
      if (before && index < entries.length - 1) {
        endFormer(draft, before, deployed, entry);
      }
      return;
    }
    const after = afterwards(entries.slice(index + 1), versions, deployed);
    if (after) {
      const passed = { entry, deployed, before, ...after };
      isRunAdded =
        writePassed(draft, application, repository, passed) || isRunAdded;
    }
  });
  return isRunAdded;
}

/**
 * Whether an earlier promotion of the version goes on in an entry: nobody saw what
 * ran between the two, so it never ended, or ended only after the entry.
 */
function isContinued(
  draft: Draft,
  repository: string,
  { id, deployedAt }: ApplicationHistoryEntry,
  { version }: DeployedVersion,
): boolean {
  return draft.promotionsOf(repository).some(promotion => {
    const { sync, outcome, outcomeAt } = promotion;
    return (
      sync?.historyId !== undefined &&
      sync.historyId < id &&
      sameReference(draft.written(promotion), version) &&
      (outcome === 'live' ||
        !outcomeAt ||
        isAtOrAfter(outcomeAt.at, deployedAt))
    );
  });
}

/**
 * What took the place of a version: the first later entry that is known to have
 * deployed another one. Undefined if there is none, or if the same version is
 * noted in the promotion of an entry before that.
 */
function afterwards(
  later: ApplicationHistoryEntry[],
  versions: Map<number, DeployedVersion>,
  { version }: DeployedVersion,
): Pick<Passed, 'next' | 'replaced'> | undefined {
  for (const next of later) {
    const replaced = versions.get(next.id);
    if (replaced && !sameReference(replaced.version, version)) {
      return { next, replaced };
    }
    if (replaced?.promotion) {
      return undefined;
    }
  }
  return undefined;
}

/** A promotion was imported before its commit was known. */
function addCommit(
  draft: Draft,
  repository: string,
  entry: ApplicationHistoryEntry,
  promotion: Promotion,
): void {
  const { id, commit, rollback, stages } = promotion;
  const isOfRun = draft
    .runsOf(repository)
    .some(({ promotionId: other }) => other === id);
  if (commit || rollback || isOfRun) {
    return;
  }
  const known = deployedByCommit(draft, repository, entry);
  if (
    known?.commit?.date &&
    sameReference(known.version, draft.written(promotion))
  ) {
    const committed = reported(known.commit.date);
    draft.write(
      orderStages({
        ...promotion,
        commit: known.commit,
        stages: { ...stages, committed },
      }),
    );
  }
}
