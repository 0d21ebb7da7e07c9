import type {
  HistoryCommit,
  MergeRequest,
  Proposal,
  WriteBranch,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The commits to find: those in `to` that aren't in `from`.
 *
 * @public
 */
export interface CommitsQuery {
  /** As Argo CD has it: https or ssh. */
  repoUrl: string;
  from: string;
  to: string;
  /** Files and folders from the root of the repository; empty: all. */
  paths: readonly string[];
}

/**
 * Why the commits can't be known, whenever one asks.
 *
 * - `rewritten`: `from` isn't an ancestor of `to`, as after a force push.
 * - `too-many`: there are more than the most that are read.
 * - `unsupported`: no configured Git host has the repository.
 *
 * @public
 */
export type ContainedReason = 'rewritten' | 'too-many' | 'unsupported';

/**
 * Why the commits aren't known now.
 *
 * - `unauthorized`: the host refused the credentials.
 * - `not-found`: the repository or a revision doesn't exist, or the credentials
 *   may not see it.
 * - `rate-limited`: the host accepts no more requests for now.
 * - `unreachable`: the host didn't answer in time, or failed.
 * - `unexpected`: the answer isn't what the host's documentation describes.
 *
 * @public
 */
export type UnavailableReason =
  | 'unauthorized'
  | 'not-found'
  | 'rate-limited'
  | 'unreachable'
  | 'unexpected';

/**
 * The commits between two revisions.
 *
 * - `exact`: these are all of them that touch the paths, oldest first.
 * - `contained`: it stays unknown which they are.
 * - `unavailable`: ask again later; before `retryAt` (ISO 8601, UTC), it is
 *   useless.
 *
 * @public
 */
export type CommitsBetween =
  | { kind: 'exact'; commits: HistoryCommit[] }
  | { kind: 'contained'; reason: ContainedReason }
  | HistoryUnavailable;

/**
 * What was asked for isn't known now. Ask again later; before `retryAt` (ISO
 * 8601, UTC), it is useless.
 *
 * @public
 */
export interface HistoryUnavailable {
  kind: 'unavailable';
  reason: UnavailableReason;
  /** For logs. */
  message: string;
  retryAt?: string;
}

/**
 * The merge request by which a commit came into the configuration: the one that
 * was merged first, else one that is open.
 *
 * @public
 */
export type RequestOfCommit =
  | { kind: 'found'; request: MergeRequest }
  | { kind: 'none' }
  | { kind: 'unsupported' }
  | HistoryUnavailable;

/**
 * The latest commits on branches that somebody must merge, with the merge
 * requests for them. Requests from forks don't count.
 *
 * @public
 */
export type ProposalsFound =
  | { kind: 'found'; proposals: Proposal[] }
  | { kind: 'unsupported' }
  | HistoryUnavailable;

/**
 * The history of configuration repositories. Argo CD only knows the heads that
 * it compared applications with; this knows what happened in between.
 *
 * @public
 */
export interface ConfigRepositoryHistory {
  /** Whether it may know a repository. */
  covers(repoUrl: string): boolean;

  /** Rejects only if the signal aborts. */
  commitsBetween(
    query: CommitsQuery,
    options?: { signal?: AbortSignal },
  ): Promise<CommitsBetween>;

  /**
   * The merge request of a commit. Rejects only if the signal aborts. Without
   * this method, none is known.
   */
  requestOf?(
    query: { repoUrl: string; revision: string },
    options?: { signal?: AbortSignal },
  ): Promise<RequestOfCommit>;

  /**
   * What waits for a merge on branches of the Image Updater. Rejects only if the
   * signal aborts. Without this method, nothing is known to wait.
   */
  proposalsOn?(
    branches: WriteBranch,
    options?: { signal?: AbortSignal },
  ): Promise<ProposalsFound>;
}
