import { sameReference } from '../../images';
import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type { ImageVersion, Promotion } from '../../model/promotion';
import { covers } from '../versionEvidence';
import type { Draft } from '../PromotionDraft';
import { endBy } from '../settle/endings';
import { finishedHistory, sameDeployment } from '../applicationVersions';
import { countOf, countRun, promotionId } from '../identity';
import { isSameImageElsewhere } from '../movedRepository';
import { observed, orderStages, reported } from '../times';
import type { Run } from '../types';

/** Runs per repository that are remembered. */
const RUNS_KEPT = 20;

/**
 * A version that was found to be applied.
 *
 * @internal
 */
export interface Applied {
  version: ImageVersion;
  /** All versions of the repository that were applied with it. */
  all: ImageVersion[];
  /** The history entry of the sync that applied it, if there is one. */
  entry?: ApplicationHistoryEntry;
  /** The latest operation applied it. */
  byOperation: boolean;
  /** Its version stands in the parameters of the application's sources. */
  parameters: boolean;
}

/**
 * A version is put into the application: its promotion becomes the target, and
 * what was on its way before it ends. The live version stays live until the new
 * one is, and if it is put back before that, it goes on as if nothing was.
 *
 * @internal
 */
export function startRun(
  draft: Draft,
  application: Application,
  repository: string,
  applied: Applied,
  seenAt: string,
): void {
  const { version, all, entry } = applied;
  const memory = draft.repository(repository);
  const rollback = isRollback(draft, application, applied);
  const back =
    memory.live && sameReference(memory.live.version, version)
      ? memory.live
      : undefined;
  const id =
    back?.id ??
    promotionId(draft.ref, repository, version, countOf(memory, version) + 1);
  const sync = syncOf(application, applied);
  const run: Run = {
    promotionId: id,
    repository,
    version,
    revisions: sync?.revisions ?? application.sync.revisions,
    position: applied.byOperation
      ? draft.memory.operation?.position ?? draft.nextPosition
      : draft.nextPosition,
    rollback,
    ...(sync?.initiatedBy?.username && { by: sync.initiatedBy.username }),
    parameters: applied.parameters,
  };
  const others = draft.memory.runs.filter(r => r.repository !== repository);
  const kept = draft.runsOf(repository).slice(1 - RUNS_KEPT);
  draft.memory = { ...draft.memory, runs: [...others, ...kept, run] };

  if (!back) {
    const previous = runsBefore(draft, application, repository);
    const known = draft.promotion(id);
    const at = entry?.deployedAt ?? (sync && application.operation?.finishedAt);
    const pending = known && waited(draft, known, run);
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
          ...(at && { synced: reported(at) }),
        },
        ...(sync && { sync }),
        ...(rollback && { rollback }),
      }),
    );
  }
  const { target } = memory;
  draft.remember(repository, {
    ...(back ? {} : countRun(memory, version)),
    target: { id, version },
    applied: all,
    historyId: entry?.id ?? memory.historyId,
  });
  if (target && target.id !== id && target.id !== memory.live?.id) {
    const by = draft.promotion(id);
    const at = sync?.finishedAt ? reported(sync.finishedAt) : observed(seenAt);
    endBy(draft, target.id, by, run, at);
  }
}

/** What a promotion keeps of the time when it waited: not what this run isn't of. */
function waited(
  draft: Draft,
  { stages, commit, failure }: Promotion,
  run: Run,
): Pick<Promotion, 'stages' | 'commit' | 'failure'> {
  const seen = draft.memory.revisions.findLast(
    other => other.revision === commit?.revision,
  );
  const carrier = seen && { position: seen.position, revision: seen };
  if (run.rollback || (carrier && !covers(draft.memory, run, carrier))) {
    return {
      stages: stages.pushed && !run.rollback ? { pushed: stages.pushed } : {},
    };
  }
  return { stages, ...(commit && { commit }), ...(failure && { failure }) };
}

/** What ran before a new version: the live one, also when the image has moved to another registry. */
function runsBefore(
  draft: Draft,
  application: Application,
  repository: string,
): ImageVersion | undefined {
  const current = draft.current(repository);
  if (current) {
    return current;
  }
  const desired = application.operation?.images ?? [];
  for (const [other, { live }] of Object.entries(draft.memory.repositories)) {
    if (
      live &&
      isSameImageElsewhere(other, repository) &&
      !desired.some(
        image => image.startsWith(`${other}:`) || image.startsWith(`${other}@`),
      )
    ) {
      return live.version;
    }
  }
  return undefined;
}

/**
 * A rollback syncs what an earlier entry of the history was made from, while
 * the configuration says something else.
 */
function isRollback(
  draft: Draft,
  application: Application,
  { entry }: Applied,
): boolean {
  const head = {
    revisions: application.sync.revisions,
    sources: application.sources,
  };
  if (!entry || sameDeployment(entry, head)) {
    return false;
  }
  // The entry that was rolled back to can be cut off the history by the new one.
  const earlier = [
    ...(draft.application?.history ?? []),
    ...application.history,
  ].filter(other => other.id < entry.id);
  const before = earlier.reduce<ApplicationHistoryEntry | undefined>(
    (latest, other) => (latest && latest.id >= other.id ? latest : other),
    undefined,
  );
  return (
    before !== undefined &&
    !sameDeployment(before, entry) &&
    earlier.some(other => sameDeployment(other, entry))
  );
}

function syncOf(
  application: Application,
  { entry, byOperation }: Applied,
): Promotion['sync'] {
  const { operation } = application;
  if (entry) {
    const { id, revisions, deployStartedAt, deployedAt, initiatedBy } = entry;
    return {
      historyId: id,
      revisions,
      ...(deployStartedAt && { startedAt: deployStartedAt }),
      finishedAt: deployedAt,
      ...(initiatedBy && { initiatedBy }),
    };
  }
  if (operation && byOperation) {
    const { revisions, startedAt, finishedAt, initiatedBy } = operation;
    return {
      revisions,
      startedAt,
      ...(finishedAt && { finishedAt }),
      ...(initiatedBy && { initiatedBy }),
    };
  }
  return undefined;
}

/**
 * The history entry of the sync that applied a version now: the operation's own,
 * else the latest that isn't accounted for; the first of those that were made from
 * the same, if the others before it weren't seen.
 *
 * @internal
 */
export function entryOfSync(
  application: Application,
  historyId: number | undefined,
  byOperation: boolean,
): ApplicationHistoryEntry | undefined {
  const fresh = finishedHistory(application).filter(
    entry => historyId === undefined || entry.id > historyId,
  );
  const { operation } = application;
  const last = fresh.at(-1);
  if (byOperation && operation?.partial) {
    // A self-heal can follow a full sync at once, and take its place in the status.
    const isSame = last?.revisions.join() === operation.revisions.join();
    return isSame ? last : undefined;
  }
  const own =
    byOperation &&
    fresh.findLast(entry => entry.deployStartedAt === operation?.startedAt);
  const found = own || last;
  if (historyId === undefined || !found) {
    return found;
  }
  const others = fresh.slice(0, fresh.indexOf(found));
  const other = others.findLastIndex(entry => !sameDeployment(entry, found));
  return others[other + 1] ?? found;
}
