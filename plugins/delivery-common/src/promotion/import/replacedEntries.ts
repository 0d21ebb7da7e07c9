import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { withPush } from '../derive/completeRollouts';
import type { DeployedVersion } from './deployedVersions';
import type { Draft } from '../PromotionDraft';
import { countOf, countRun, promotionId } from '../identity';
import { replacedBy, rolledBackTo } from '../reasons';
import { isClearlyAfter, orderStages, reported } from '../times';
import type { Run } from '../types';

/**
 * An entry of the history that another version took the place of, with those
 * around it.
 *
 * @internal
 */
export interface Passed {
  entry: ApplicationHistoryEntry;
  deployed: DeployedVersion;
  before?: DeployedVersion;
  next: ApplicationHistoryEntry;
  replaced: DeployedVersion;
}

/**
 * Writes the promotion of such an entry: the one that had begun before, completed,
 * or a new one.
 *
 * @internal
 * @returns whether a run was added, from which other things may follow
 */
export function writePassed(
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
  return rollback
    ? {
        outcome: 'rolled-back',
        reason: rolledBackTo(version, initiatedBy?.username),
      }
    : {
        outcome: 'superseded',
        reason: replacedBy(version),
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

/**
 * The one before ended earlier than was thought.
 *
 * @internal
 */
export function endFormer(
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
