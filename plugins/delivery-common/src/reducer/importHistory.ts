import { displayVersion, sameReference } from '../images';
import type {
  Application,
  ApplicationHistoryEntry,
} from '../model/application';
import type { Promotion } from '../model/promotion';
import { withPush } from './decorate';
import type { Draft } from './draft';
import { finishedHistory } from './evidence';
import {
  deployedByCommit,
  deployedVersions,
  type DeployedVersion,
} from './deployedVersions';
import { countOf, countRun, promotionId } from './identity';
import { isAtOrAfter, isClearlyAfter, orderStages, reported } from './times';
import type { Run } from './types';

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
      isRunAdded = write(draft, application, repository, passed) || isRunAdded;
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

/** An entry of the history with those around it. */
interface Passed {
  entry: ApplicationHistoryEntry;
  deployed: DeployedVersion;
  before?: DeployedVersion;
  next: ApplicationHistoryEntry;
  replaced: DeployedVersion;
}

function write(
  draft: Draft,
  application: Application,
  repository: string,
  { entry, deployed, before, next, replaced }: Passed,
): boolean {
  const { version } = deployed;
  const { id: historyId, revisions, deployedAt, deployStartedAt } = entry;
  const begun = begunBefore(draft, repository, deployed, deployedAt);
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
  const promotion = withPush(
    draft.images,
    orderStages({
      ...known,
      ...(previous && { previous }),
      stages: {
        ...known.stages,
        ...(deployed.commit?.date && {
          committed: reported(deployed.commit.date),
        }),
        synced: reported(deployedAt),
      },
      ...(deployed.commit && { commit: deployed.commit }),
      sync: {
        historyId,
        revisions,
        ...(deployStartedAt && { startedAt: deployStartedAt }),
        finishedAt: deployedAt,
        ...(entry.initiatedBy && { initiatedBy: entry.initiatedBy }),
      },
      ...(deployed.rollback && { rollback: true }),
      ...endingBy(replaced, next),
      outcomeAt: reported(next.deployedAt),
    }),
    version,
  );
  draft.write(promotion);
  if (before) {
    endFormer(draft, before, deployed, entry);
  }
  linkNext(draft, promotion, replaced);
  if (!begun) {
    return false;
  }
  addRun(draft, repository, promotion, deployed);
  return true;
}

/** How what ran before ends by a deployment. */
function endingBy(
  { version, rollback }: DeployedVersion,
  { initiatedBy }: ApplicationHistoryEntry,
): Pick<Promotion, 'outcome' | 'reason'> {
  const by = initiatedBy?.username;
  return rollback
    ? {
        outcome: 'rolled-back',
        reason: `Rolled back to ${displayVersion(version)}${
          by ? ` by ${by}` : ''
        }`,
      }
    : {
        outcome: 'superseded',
        reason: `Replaced by ${displayVersion(version)}`,
      };
}

/** The promotion that was waiting for this deployment: of its version, and never synced. */
function begunBefore(
  draft: Draft,
  repository: string,
  { version, rollback }: DeployedVersion,
  deployedAt: string,
): Promotion | undefined {
  const count = countOf(draft.repository(repository), version);
  const id = promotionId(draft.ref, repository, version, count + 1);
  const promotion = draft.promotion(id);
  const { pushed, committed, synced, healthy } = promotion?.stages ?? {};
  const since = pushed ?? committed;
  // What was only seen later may have been there before.
  const mayBeBefore =
    since &&
    (since.basis === 'observed' || !isClearlyAfter(since.at, deployedAt));
  return !rollback && !synced && !healthy && mayBeBefore
    ? promotion
    : undefined;
}

/** The one before ended earlier than was thought. */
function endFormer(
  draft: Draft,
  before: DeployedVersion,
  deployed: DeployedVersion,
  entry: ApplicationHistoryEntry,
): void {
  const former = before.promotion && draft.promotion(before.promotion.id);
  const isEnded =
    former?.outcome === 'superseded' || former?.outcome === 'rolled-back';
  const at = reported(entry.deployedAt);
  if (former && isEnded && former.outcomeAt && former.outcomeAt.at > at.at) {
    draft.write(
      orderStages({ ...former, ...endingBy(deployed, entry), outcomeAt: at }),
    );
  }
}

/** The one after came from another version than was thought. */
function linkNext(
  draft: Draft,
  promotion: Promotion,
  replaced: DeployedVersion,
): void {
  const later = replaced.promotion && draft.promotion(replaced.promotion.id);
  if (later?.sync && later.sync.historyId !== undefined) {
    draft.write({ ...later, previous: draft.written(promotion) });
  }
}

/** Notes the run where it belongs in their order, so that its commit counts as applied. */
function addRun(
  draft: Draft,
  repository: string,
  { id, sync }: Promotion,
  { version, rollback }: DeployedVersion,
): void {
  const { runs } = draft.memory;
  const isLater = (run: Run) => {
    const other = draft.promotion(run.promotionId)?.sync?.historyId;
    return (
      run.repository === repository &&
      other !== undefined &&
      other > (sync?.historyId ?? 0)
    );
  };
  const at = runs.findIndex(isLater);
  const run: Run = {
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
    runs:
      at < 0 ? [...runs, run] : [...runs.slice(0, at), run, ...runs.slice(at)],
  };
  draft.remember(repository, countRun(draft.repository(repository), version));
}
