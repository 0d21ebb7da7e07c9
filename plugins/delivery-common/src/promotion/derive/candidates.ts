import { sameVersion } from '../../images';
import type { ImageVersion } from '../../model/promotion';
import type { CompiledPolicy } from '../../image-updater';
import { versionsByRepository } from '../applicationVersions';
import { rolloutCount } from '../identity';
import type { PromotionDraft } from '../PromotionDraft';
import { lastPushTime } from '../tagPushes';
import { isClearlyAfter } from '../times';
import type { KnownImage } from '../types';
import { compiledPolicies, versionInReference } from './acceptance';
import { rolloutsOfAlias } from './aliases';
import {
  type AcceptedImage,
  acceptedImages,
  datedRollout,
  type DatedRollout,
} from './acceptedImages';
import { candidateEnding, type PromotionEnding } from './candidateEnding';
import { isDowngrade } from './downgrade';
import { findOvertaking } from './overtaking';
import { committedVersions, isPassedOver } from './passedOver';
import type { PendingContext } from './pendingContext';

/**
 * A pushed image that may be promoted, and how its promotion ended if it did.
 *
 * @internal
 */
export interface Candidate extends PromotionEnding {
  version: ImageVersion;
  previous?: ImageVersion;
}

/**
 * The candidates by promotion id. `refused` contains the promotion ids of
 * images that aren't candidates: a newer version was applied before the push,
 * the application doesn't run the image, or the image turned out to be built
 * for another platform.
 *
 * @internal
 */
export interface Candidates {
  candidates: Map<string, Candidate>;
  refused: Set<string>;
}

interface CandidateContext extends PendingContext {
  policy: CompiledPolicy;
  dated: DatedRollout[];
}

/**
 * Finds images that were pushed since the application became known, were never
 * deployed to it, and come after the version that ran when they were pushed. An
 * older image may have been passed over long ago, so it opens no promotion
 * until a commit or a sync shows it.
 *
 * @internal
 */
export function findCandidates(pending: PendingContext): Candidates {
  const { draft, application, repository } = pending;
  const images = imagesPushedSince(draft, repository, draft.memory.firstSeenAt);
  const policies =
    images.length > 0 ? compiledPolicies(draft, application, repository) : [];
  const found = policies.map(policy =>
    candidatesBy(
      {
        ...pending,
        rollouts: rolloutsOfAlias(policy, policies, pending.rollouts),
      },
      policy,
      images,
    ),
  );
  return {
    candidates: pendingFirst(found.map(({ candidates }) => candidates)),
    refused: new Set(found.flatMap(({ refused }) => [...refused])),
  };
}

/**
 * A candidate has ended only if it has ended for every alias that accepts it.
 */
function pendingFirst(
  found: Candidates['candidates'][],
): Candidates['candidates'] {
  const merged: Candidates['candidates'] = new Map();
  for (const [id, candidate] of found.flatMap(candidates => [...candidates])) {
    if (!merged.has(id) || !candidate.outcome) {
      merged.set(id, candidate);
    }
  }
  return merged;
}

/** The candidates under the policy of one alias. */
function candidatesBy(
  pending: PendingContext,
  policy: CompiledPolicy,
  images: KnownImage[],
): Candidates {
  const { draft, rollouts } = pending;
  const candidates = new Map<string, Candidate>();
  const judged = acceptedImages(pending, policy, images);
  const { rejected } = judged;
  const accepted = judged.accepted.filter(({ at }) =>
    isPushedSince(at, draft.memory.firstSeenAt),
  );
  const context: CandidateContext = {
    ...pending,
    policy,
    dated: rollouts.map(rollout => datedRollout(draft, policy, rollout)),
  };
  const newer = newerImages(context, accepted);
  const overtaking = findOvertaking(newer, (a, b) =>
    policy.strategy.comesAfter(a, b),
  );
  for (const item of newer) {
    if (!wasDeployed(context, item)) {
      candidates.set(item.id, toCandidate(context, item, overtaking(item)));
    }
  }
  const isNewer = new Set(newer);
  const older = accepted.filter(item => !isNewer.has(item));
  return {
    candidates,
    refused: new Set([...rejected, ...older.map(({ id }) => id)]),
  };
}

function imagesPushedSince(
  draft: PromotionDraft,
  repository: string,
  since: string | undefined,
): KnownImage[] {
  return draft.images.filter(
    image =>
      image.repository === repository &&
      isPushedSince(lastPushTime(image), since),
  );
}

function isPushedSince(at: string, since: string | undefined): boolean {
  return since !== undefined && Date.parse(at) >= Date.parse(since);
}

/**
 * The images that come after the version that ran when they were pushed. Empty
 * if the application doesn't run the repository: the Image Updater then ignores
 * it, unless force-update is set.
 */
function newerImages(
  context: CandidateContext,
  accepted: AcceptedImage[],
): AcceptedImage[] {
  const { policy, dated } = context;
  if (!policy.policy.forceUpdate && !isInUse(context)) {
    return [];
  }
  const isOfUnknownBuild = ({ age }: AcceptedImage) =>
    age?.isBuildDate === false;
  const committed = accepted.some(isOfUnknownBuild)
    ? committedVersions(context)
    : [];
  return accepted.filter(item => {
    const base = dated.findLast(
      ({ appliedAt }) => appliedAt && wasAppliedBefore(appliedAt, item.at),
    );
    return (
      (!base ||
        policy.strategy.comesAfter(item, base) ||
        isDowngrade(context, policy, item, base)) &&
      !(isOfUnknownBuild(item) && isPassedOver(committed, item))
    );
  });
}

/**
 * Also checks the last known version: an application can be without pods for a
 * while.
 */
function isInUse({ draft, application, repository }: PendingContext): boolean {
  return (
    versionsByRepository(application.images).has(repository) ||
    draft.currentVersion(repository) !== undefined
  );
}

function wasDeployed(
  { draft, repository, policy, rollouts }: CandidateContext,
  { version }: AcceptedImage,
): boolean {
  return (
    rolloutCount(
      draft.repositoryMemory(repository),
      versionInReference(policy, version),
    ) > 0 ||
    rollouts.some(rollout => sameVersion(rollout.version, version)) ||
    // If nobody observed the push, a promotion imported from the history has no
    // rollout.
    draft
      .promotionsIn(repository)
      .some(
        ({ stages, version: other }) =>
          stages.synced !== undefined && sameVersion(other, version),
      )
  );
}

function toCandidate(
  { draft, repository, policy, dated }: CandidateContext,
  item: AcceptedImage,
  overtaking: AcceptedImage | undefined,
): Candidate {
  const superseding = dated.find(
    rollout =>
      rollout.appliedAt &&
      !wasAppliedBefore(rollout.appliedAt, item.at) &&
      policy.strategy.comesAfter(rollout, item),
  );
  const previous = superseding
    ? draft.promotion(superseding.rollout.promotionId)?.previous
    : draft.currentVersion(repository);
  return {
    version: item.version,
    ...(previous && { previous }),
    ...candidateEnding(draft, item, { superseding, overtaking }),
  };
}

/** Times of deployments are in whole seconds. */
function wasAppliedBefore(appliedAt: string, pushedAt: string): boolean {
  return isClearlyAfter(pushedAt, appliedAt);
}
