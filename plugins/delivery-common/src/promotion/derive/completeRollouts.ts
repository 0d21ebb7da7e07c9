import { sameVersion } from '../../images';
import type {
  ImageVersion,
  Promotion,
  PromotionCommit,
  StageTime,
} from '../../model/promotion';
import {
  carriersOfRun,
  covers,
  changeOf,
  knownRevision,
  undoesRollback,
  type Carrier,
} from '../versionEvidence';
import type { Draft } from '../PromotionDraft';
import { findImage, timeOf } from '../knownImages';
import { syncFailed } from '../reasons';
import { isAtOrAfter, observed, orderStages, reported } from '../times';
import type { KnownImage, KnownRevision, Run } from '../types';

/**
 * Adds to the promotions of a repository what registry and revisions tell of
 * them. It only depends on what is known, not on when it became known.
 *
 * @internal
 */
export function decorate(
  draft: Draft,
  repository: string,
  carriers: Carrier[],
): void {
  const runs = draft.runsOf(repository);
  for (const run of runs) {
    const promotion = draft.promotion(run.promotionId);
    const isOwn = runs.find(r => r.promotionId === run.promotionId) === run;
    if (promotion && isOwn) {
      const brought = carriersOfRun(draft.memory, carriers, runs, run);
      draft.write(
        orderStages(
          withFailure(
            draft,
            withCommit(draft, promotion, brought, runs, run),
            brought,
            run,
          ),
        ),
      );
    }
  }
  for (const promotion of draft.promotionsOf(repository)) {
    const run = runs.find(r => r.promotionId === promotion.id);
    draft.write(withPush(draft.images, promotion, run?.version));
  }
}

/**
 * A promotion with its push, as far as the registry's images are known. What
 * once was known is kept when the image is gone. `written` is the version as it
 * stands in the application: a tag can mean another image than was known before.
 *
 * @internal
 */
export function withPush(
  images: KnownImage[],
  promotion: Promotion,
  written: ImageVersion = promotion.version,
): Promotion {
  const { synced, healthy } = promotion.stages;
  const until = (synced ?? healthy)?.at;
  const image = findImage(images, promotion.repository, written, until);
  if (!image || promotion.rollback) {
    return promotion;
  }
  const pushed = image.pushedAt
    ? reported(image.pushedAt)
    : observed(timeOf(image));
  return orderStages({
    ...promotion,
    version: { ...promotion.version, digest: image.digest },
    stages: { ...promotion.stages, pushed },
  });
}

/**
 * When a version was committed, by the carriers that brought it.
 *
 * @internal
 */
export function committedBy(carrier: Carrier): StageTime {
  return carrier.commit ? reported(carrier.commit.date) : observed(carrier.at);
}

/** @internal */
export function commitOf(
  revision: { repoUrl: string; revision: string },
  known: KnownRevision | undefined,
  exact: boolean,
): PromotionCommit {
  return {
    repoUrl: revision.repoUrl,
    revision: revision.revision,
    ...(known && {
      author: known.author,
      date: known.date,
      message: known.message,
    }),
    exact,
  };
}

function withCommit(
  draft: Draft,
  promotion: Promotion,
  brought: Carrier[],
  runs: Run[],
  run: Run,
): Promotion {
  const first = brought.find(carrier => carrier.exact) ?? brought[0];
  if (first?.exact && first.revision) {
    const { previous } = promotion;
    const earlier = runs.slice(0, runs.indexOf(run));
    return {
      ...promotion,
      ...(undoesRollback(draft, earlier, first) && { undoesRollback: true }),
      ...(!previous && first.from && { previous: first.from }),
      stages: { ...promotion.stages, committed: committedBy(first) },
      commit: commitOf(first.revision, first.commit, true),
    };
  }
  if (first?.revision && beforeSync(promotion, first.at)) {
    return {
      ...promotion,
      stages: { ...promotion.stages, committed: committedBy(first) },
      commit: commitOf(first.revision, first.commit, false),
    };
  }
  if (run.parameters) {
    const parameters = first && !first.revision ? first : undefined;
    const at = parameters && beforeSync(promotion, parameters.at);
    return at
      ? { ...promotion, stages: { ...promotion.stages, committed: at } }
      : promotion;
  }
  return promotion.commit?.exact
    ? promotion
    : withContaining(draft, promotion, runs, run);
}

/**
 * A sync that failed before the one that applied the version. A failure from before
 * the version was committed is one of an earlier attempt with the same version,
 * which was replaced meanwhile.
 */
function withFailure(
  draft: Draft,
  promotion: Promotion,
  brought: Carrier[],
  run: Run,
): Promotion {
  const [first] = brought;
  const { failure: kept, ...others } = promotion;
  const isEarlier =
    kept &&
    first?.exact &&
    first.commit &&
    !isAtOrAfter(kept.at.at, first.commit.date);
  const failed = draft.memory.failures.find(
    failure =>
      first &&
      failure.position < run.position &&
      covers(draft.memory, failure, first),
  );
  const at = failed && reported(failed.finishedAt ?? failed.startedAt);
  if (at && !(kept && !isEarlier && kept.at.at <= at.at)) {
    const reason = syncFailed(failed.message);
    return { ...promotion, failure: { at, ...(reason && { reason }) } };
  }
  return isEarlier ? others : promotion;
}

/** The revision that was synced carries the version, though it may not be the one that brought it. */
function withContaining(
  draft: Draft,
  promotion: Promotion,
  runs: Run[],
  run: Run,
): Promotion {
  const before = runs[runs.indexOf(run) - 1];
  const changed = run.revisions.findIndex(
    (revision, index) => before && before.revisions[index] !== revision,
  );
  const sourceIndex = Math.max(changed, 0);
  const revision = run.revisions[sourceIndex];
  const repoUrl =
    promotion.commit?.revision === revision
      ? promotion.commit?.repoUrl
      : draft.application?.sources[sourceIndex]?.repoUrl;
  if (!revision || !repoUrl) {
    return promotion;
  }
  const known = knownRevision(draft.revisions, repoUrl, revision);
  const change = known && changeOf(draft, known, promotion.repository);
  const exact =
    !promotion.rollback &&
    change !== undefined &&
    sameVersion(change.version, run.version);
  const seen = draft.memory.revisions.find(
    other => other.revision === revision && other.repoUrl === repoUrl,
  );
  const committed = known
    ? reported(known.date)
    : seen && beforeSync(promotion, seen.at);
  return {
    ...promotion,
    ...(exact &&
      !promotion.previous &&
      change.from && { previous: change.from }),
    commit: commitOf({ repoUrl, revision }, known, exact),
    stages: {
      ...promotion.stages,
      ...(!promotion.rollback && committed && { committed }),
    },
  };
}

/** What was first seen after the sync says nothing about when it was committed. */
function beforeSync(promotion: Promotion, at: string): StageTime | undefined {
  const { synced, healthy } = promotion.stages;
  const applied = synced ?? healthy;
  return !applied || !isAtOrAfter(at, endOfSecond(applied.at))
    ? observed(at)
    : undefined;
}

function endOfSecond(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : new Date(time + 1000).toISOString();
}
