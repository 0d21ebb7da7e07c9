import { sameVersion } from '../../images';
import type { Application } from '../../model/application';
import type { ImageVersion, Promotion, StageTime } from '../../model/promotion';
import { candidatesOf } from './candidates';
import { covers, undoesRollback, type Carrier } from '../versionEvidence';
import { committedBy, commitOf, withPush } from './completeRollouts';
import type { Draft } from '../PromotionDraft';
import { isFailed, isRunning } from '../applicationVersions';
import { countOf, promotionId } from '../identity';
import { passedByVersion, syncFailed } from '../reasons';
import { orderStages, reported } from '../times';
import type { Run } from '../types';

/**
 * Derives the promotions of a repository that no sync has applied yet: from
 * commits and parameters that carry a version, and from pushes that may be
 * taken. They follow from what is known now, however it came to be known.
 *
 * @internal
 */
export function derivePending(
  draft: Draft,
  repository: string,
  carriers: Carrier[],
): void {
  const { application } = draft;
  if (!application || draft.goneAt) {
    return;
  }
  const runs = draft.runsOf(repository);
  const derived = new Set<string>();
  const { candidates, refused } = candidatesOf(
    draft,
    application,
    repository,
    carriers,
  );
  const { waiting, applied } = carriersByPromotion(
    draft,
    repository,
    carriers,
    runs,
  );
  for (const [id, group] of waiting) {
    derived.add(id);
    const version = candidates.get(id)?.version;
    const promotion = fromCarriers(
      draft,
      application,
      { id, repository },
      group,
      runs,
    );
    draft.write(
      withPush(
        draft.images,
        { ...promotion, version: { ...version, ...promotion.version } },
        promotion.version,
      ),
    );
  }
  for (const [id, candidate] of candidates) {
    const known = draft.promotion(id)?.stages;
    if (!derived.has(id) && !known?.committed) {
      derived.add(id);
      const { outcome, outcomeAt, reason, version, previous } = candidate;
      draft.write(
        withPush(
          draft.images,
          orderStages({
            id,
            application: draft.ref,
            repository,
            version,
            ...(previous && { previous }),
            stages: { ...known },
            ...(outcome && { outcome, outcomeAt, reason }),
          }),
          { digest: version.digest },
        ),
      );
    }
  }
  for (const promotion of draft.promotionsOf(repository)) {
    const { id, stages } = promotion;
    if (!derived.has(id) && !stages.synced && !stages.healthy) {
      const isApplied =
        applied.has(id) && !runs.some(r => r.promotionId === id);
      if (isApplied || (refused.has(id) && !stages.committed)) {
        draft.withdraw(id);
      } else if (!promotion.outcome || promotion.outcome === 'failed') {
        passBy(draft, promotion, runs);
      }
    }
  }
}

/**
 * Carriers of versions that aren't applied, by the promotion that they are of;
 * and the ids that promotions of the applied ones would have had if they weren't
 * of a run that is known, or of a deployment that nobody saw and the history
 * tells: a version that is put back before another took its place goes on as the
 * promotion that it was.
 */
function carriersByPromotion(
  draft: Draft,
  repository: string,
  carriers: Carrier[],
  runs: Run[],
): { waiting: Map<string, Carrier[]>; applied: Set<string> } {
  const waiting = new Map<string, Carrier[]>();
  const applied = new Set<string>();
  const deployed = draft
    .promotionsOf(repository)
    .filter(({ stages, commit }) => stages.synced && commit?.exact);
  for (const carrier of carriers) {
    const isOf = (run: Run) => sameVersion(run.version, carrier.version);
    const before = runs.findLast(run => !covers(draft.memory, run, carrier));
    const isApplied =
      runs.some(run => isOf(run) && covers(draft.memory, run, carrier)) ||
      (before !== undefined && isOf(before)) ||
      deployed.some(
        ({ commit, version }) =>
          commit?.revision === carrier.revision?.revision &&
          sameVersion(version, carrier.version),
      );
    if (carrier.certain) {
      const { version } = carrier;
      const run = countOf(draft.repository(repository), version) + 1;
      const id = promotionId(draft.ref, repository, version, run);
      if (isApplied) {
        applied.add(id);
      } else {
        waiting.set(id, [...(waiting.get(id) ?? []), carrier]);
      }
    }
  }
  return { waiting, applied };
}

function fromCarriers(
  draft: Draft,
  application: Application,
  { id, repository }: Pick<Promotion, 'id' | 'repository'>,
  group: Carrier[],
  runs: Run[],
): Promotion {
  const { memory } = draft;
  const isPassed = (carrier: Carrier) =>
    runs.find(run => covers(memory, run, carrier));
  // Committed again after it was passed over, it is the new commit that counts.
  const waiting = group.filter(carrier => !isPassed(carrier));
  const counting = waiting.length ? waiting : group;
  const first = counting.find(carrier => carrier.exact) ?? counting[0];
  const passer = isPassed(counting[counting.length - 1]);
  const { operation } = application;
  const attempts =
    operation &&
    !operation.dryRun &&
    operation.phase !== 'Succeeded' &&
    covers(
      memory,
      {
        revisions: operation.revisions,
        position: memory.operation?.position ?? memory.position,
      },
      first,
    )
      ? operation
      : undefined;
  const failure = memory.failures.find(failed => covers(memory, failed, first));
  const failedAt = failure && reported(failure.finishedAt ?? failure.startedAt);
  const failureReason = failure && syncFailed(failure.message);
  const promotion: Promotion = {
    id,
    application: draft.ref,
    repository,
    version: first.version,
    ...previousOf(draft, repository, passer),
    stages: { committed: committedBy(first) },
    ...(first.revision && {
      commit: commitOf(first.revision, first.commit, first.exact),
    }),
    ...(failedAt && {
      failure: {
        at: failedAt,
        ...(failureReason && { reason: failureReason }),
      },
    }),
    ...(!passer &&
      undoesRollback(draft, runs, first) && { undoesRollback: true }),
  };
  if (attempts && (isRunning(attempts) || isFailed(attempts))) {
    const { revisions, startedAt, finishedAt, initiatedBy, message } = attempts;
    promotion.sync = {
      revisions,
      startedAt,
      ...(finishedAt && { finishedAt }),
      ...(initiatedBy && { initiatedBy }),
      ...(message && { message }),
    };
  }
  if (passer) {
    Object.assign(promotion, passedBy(draft, passer));
  } else if (attempts && isFailed(attempts)) {
    promotion.outcome = 'failed';
    promotion.outcomeAt = reported(attempts.finishedAt ?? attempts.startedAt);
    promotion.reason = syncFailed(attempts.message);
  }
  return orderStages(promotion);
}

function previousOf(
  draft: Draft,
  repository: string,
  passer: Run | undefined,
): { previous?: ImageVersion } {
  const former = passer
    ? draft.promotion(passer.promotionId)?.previous
    : draft.current(repository);
  return former ? { previous: former } : {};
}

/**
 * How a promotion that waited ends when another version was applied.
 *
 * @internal
 */
export function passedBy(
  draft: Draft,
  passer: Run,
): Pick<Promotion, 'outcome' | 'outcomeAt' | 'reason'> {
  const by = draft.promotion(passer.promotionId);
  const outcomeAt: StageTime | undefined =
    by?.stages.synced ?? by?.stages.healthy;
  return by && outcomeAt
    ? {
        outcome: 'superseded',
        outcomeAt,
        reason: passedByVersion(passer.version),
      }
    : {};
}

/** A promotion whose evidence is no longer kept: ended by the next version that was applied. */
function passBy(draft: Draft, promotion: Promotion, runs: Run[]): void {
  const { committed, pushed } = promotion.stages;
  const since = committed ?? pushed;
  const passer = runs.find(run => {
    const synced = draft.promotion(run.promotionId)?.stages.synced;
    return (
      since &&
      synced &&
      !run.rollback &&
      run.promotionId !== promotion.id &&
      synced.at > since.at
    );
  });
  if (passer) {
    draft.write(orderStages({ ...promotion, ...passedBy(draft, passer) }));
  }
}
