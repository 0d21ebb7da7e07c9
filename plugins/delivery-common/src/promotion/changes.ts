import type { Promotion } from '../model/promotion';

/**
 * What an observation changed, to be stored and published.
 *
 * @public
 */
export type Change =
  | PromotionChange
  | PromotionWithdrawn
  | ApplicationChange
  | UnresolvedRevision
  | UnresolvedCommits;

/**
 * A promotion began (no `before`), moved or ended.
 *
 * @public
 */
export interface PromotionChange {
  kind: 'promotion';
  promotion: Promotion;
  before?: Promotion;
}

/**
 * A promotion to be deleted: evidence that arrived later shows that there is
 * none. For example, a newer version was already applied when this one was
 * pushed.
 *
 * @public
 */
export interface PromotionWithdrawn {
  kind: 'promotion-withdrawn';
  promotion: Promotion;
}

/**
 * Something that a page shows about the application changed.
 *
 * @public
 */
export interface ApplicationChange {
  kind: 'application';
}

/**
 * A revision whose metadata is missing. It needs one `RevisionResolved` in
 * answer.
 *
 * @public
 */
export interface UnresolvedRevision {
  kind: 'resolve-revision';
  repoUrl: string;
  revision: string;
  /** For multi-source applications: which source, and a history entry that has this revision, if there is one. */
  sourceIndex?: number;
  historyId?: number;
}

/**
 * Commits to ask the Git host for, because the metadata of the later revision
 * doesn't show what changed the application. It needs one `CommitsResolved` in
 * answer.
 *
 * @public
 */
export interface UnresolvedCommits {
  kind: 'resolve-commits';
  repoUrl: string;
  from: string;
  to: string;
  /** Files and folders from the root of the repository; empty: all. */
  paths: string[];
}
