import { parseUpdaterCommit } from '../../image-updater/commitMessage';
import {
  type ApplicationRef,
  isSameApplication,
} from '../../model/application';
import type {
  CommitRequestObserved,
  ProposalsObserved,
} from '../../model/observation';
import type { PromotionDraft } from '../PromotionDraft';
import { sameJson } from '../sameJson';
import { latestObserved } from './latestObserved';

/** Numbers of proposals and of commits' requests to remember. */
const PROPOSALS_KEPT = 24;
const REQUESTS_KEPT = 48;

/**
 * Remembers commits on branches that somebody must merge. Only those count that
 * the Image Updater made for this application: several can share a branch.
 *
 * @internal
 * @returns whether anything is new
 */
export function recordProposals(
  draft: PromotionDraft,
  { ref, repoUrl, proposals }: ProposalsObserved,
): boolean {
  if (!isSameApplication(draft.ref, ref)) {
    return false;
  }
  const own = proposals
    .filter(({ commit }) => isMadeFor(ref, commit.message))
    .map(proposal => ({ repoUrl, ...proposal }));
  const known = draft.memory.proposals ?? [];
  const next = latestObserved(known, own, {
    key: ({ repoUrl: url, commit }) => `${commit.revision} ${url}`,
    order: ({ commit }) => `${commit.date} ${commit.revision}`,
    limit: PROPOSALS_KEPT,
  });
  if (sameJson(known, next)) {
    return false;
  }
  draft.memory = { ...draft.memory, proposals: next };
  return true;
}

/**
 * Remembers by which merge request a commit came into the configuration.
 *
 * @internal
 * @returns whether anything is new
 */
export function recordCommitRequest(
  draft: PromotionDraft,
  { ref, repoUrl, revision, request }: CommitRequestObserved,
): boolean {
  if (!isSameApplication(draft.ref, ref)) {
    return false;
  }
  const known = draft.memory.requests ?? [];
  const next = latestObserved(known, [{ repoUrl, revision, request }], {
    key: item => `${item.revision} ${item.repoUrl}`,
    order: item => `${item.request.updatedAt} ${item.revision}`,
    limit: REQUESTS_KEPT,
  });
  if (sameJson(known, next)) {
    return false;
  }
  draft.memory = { ...draft.memory, requests: next };
  return true;
}

function isMadeFor({ name }: ApplicationRef, message: string): boolean {
  const parsed = parseUpdaterCommit(message);
  return parsed !== undefined && (parsed.application ?? name) === name;
}
