import type { Proposal } from '../model/observation';
import type { MergeRequest } from '../model/promotion';

/**
 * A revision that Argo CD hydrated, and the dry commit that it made it from.
 *
 * @public
 */
export interface DryRevision {
  hydrated: string;
  dry: string;
}

/**
 * A commit on a branch that somebody must merge, as it was last observed.
 *
 * @public
 */
export interface ObservedProposal extends Proposal {
  repoUrl: string;
}

/**
 * The merge request of a commit, as it was last observed.
 *
 * @public
 */
export interface ObservedCommitRequest {
  repoUrl: string;
  revision: string;
  request: MergeRequest;
}
