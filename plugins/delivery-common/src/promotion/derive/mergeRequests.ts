import { sameVersion } from '../../images';
import type { Promotion, StageTime } from '../../model/promotion';
import { committedChange } from '../committedChange';
import type { PromotionDraft } from '../PromotionDraft';
import { appliedTime, orderStages, reported, stageTimes } from '../stageTimes';
import type { ObservedProposal } from '../types';

/** What a promotion has of a proposal. */
interface ProposedParts {
  proposal: Promotion['proposal'];
  time: StageTime | undefined;
}

/**
 * Takes the proposals from the promotions of a repository, so that no time that
 * is derived depends on whether they were observed before or after it.
 *
 * @internal
 * @returns a function that adds to a promotion the request by which its commit
 * was merged, and the branch on which its version was proposed
 */
export function withoutProposals(
  draft: PromotionDraft,
  repository: string,
): (promotion: Promotion) => Promotion {
  const former = new Map<string, ProposedParts>();
  for (const promotion of draft.promotionsIn(repository)) {
    const { proposal, ...others } = promotion;
    const { proposed: time, ...stages } = promotion.stages;
    if (proposal ?? time) {
      former.set(promotion.id, { proposal, time });
      draft.write({ ...others, stages });
    }
  }
  return promotion =>
    withProposal(
      draft,
      withRequest(draft, promotion),
      former.get(promotion.id),
    );
}

/** A commit that a request merged is in the configuration since the merge. */
function withRequest(draft: PromotionDraft, promotion: Promotion): Promotion {
  const { commit, stages } = promotion;
  const isOwn = (of: { repoUrl: string; revision: string }) =>
    of.revision === commit?.revision && of.repoUrl === commit.repoUrl;
  const { requests = [], proposals = [] } = draft.memory;
  const request =
    requests.find(isOwn)?.request ??
    proposals.find(({ repoUrl, commit: { revision } }) =>
      isOwn({ repoUrl, revision }),
    )?.request ??
    commit?.request;
  if (!commit?.exact || !request) {
    return promotion;
  }
  const mergedAt = stages.committed && request.mergedAt;
  return orderStages({
    ...promotion,
    commit: { ...commit, request },
    stages: {
      ...stages,
      ...(mergedAt &&
        stageTimes('merge', { mergedAt: beforeEnd(promotion, mergedAt) })),
    },
  });
}

/**
 * What happened to a request after the promotion ended doesn't change when it
 * ended.
 */
function beforeEnd({ outcomeAt }: Promotion, time: string): string {
  const { at } = reported(time);
  return outcomeAt && outcomeAt.at < at ? outcomeAt.at : at;
}

/**
 * The proposal counts anew each time. What it gave before is only kept once it
 * is forgotten.
 */
function withProposal(
  draft: PromotionDraft,
  promotion: Promotion,
  former: ProposedParts | undefined,
): Promotion {
  const found = promotion.rollback ? undefined : proposalOf(draft, promotion);
  if (!found) {
    const isForgotten = !draft.memory.proposals?.some(
      ({ commit }) => commit.revision === former?.proposal?.revision,
    );
    return former && isForgotten ? withParts(promotion, former) : promotion;
  }
  const { repoUrl, branch, base, commit, request } = found;
  const date = beforeEnd(promotion, commit.date);
  return withParts(promotion, {
    time: stageTimes('proposal', { date }).proposed,
    proposal: {
      repoUrl,
      branch,
      base,
      revision: commit.revision,
      ...(request && { request }),
    },
  });
}

function withParts(
  promotion: Promotion,
  { proposal, time }: ProposedParts,
): Promotion {
  return orderStages({
    ...promotion,
    ...(proposal && { proposal }),
    stages: { ...promotion.stages, ...(time && { proposed: time }) },
  });
}

/**
 * The proposal that led to a promotion: its own commit, else the latest one of
 * its version before it was committed. One from before an earlier deployment of
 * the version belongs to that.
 */
function proposalOf(
  draft: PromotionDraft,
  promotion: Promotion,
): ObservedProposal | undefined {
  const { repository, stages, commit } = promotion;
  const version = draft.writtenVersion(promotion);
  const own = (draft.memory.proposals ?? []).filter(proposal => {
    const change = committedChange(draft, proposal.commit, repository);
    return change?.certain && sameVersion(change.version, version);
  });
  if (own.length === 0) {
    return undefined;
  }
  const applied = appliedTime(stages)?.at;
  const until = stages.committed?.at ?? applied;
  const since = draft
    .promotionsIn(repository)
    .filter(
      other =>
        other.id !== promotion.id &&
        sameVersion(draft.writtenVersion(other), version),
    )
    .flatMap(other => appliedTime(other.stages)?.at ?? [])
    .filter(at => !applied || at < applied)
    .sort()
    .at(-1);
  return (
    own.find(proposal => proposal.commit.revision === commit?.revision) ??
    own.findLast(({ commit: { date } }) => {
      const { at } = reported(date);
      return (!until || at <= until) && (!since || at > since);
    })
  );
}
