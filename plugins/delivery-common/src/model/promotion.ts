import type { MessageOf } from '../messages';
import type { ApplicationRef, Initiator } from './application';
import type { StageName, StageTime } from './stages';

export { APPLIED_STAGES, latestStage, STAGES, stagesFor } from './stages';
export type { StageName, StageTime } from './stages';

/**
 * How a promotion ended, or where it stands. `failed` (sync failed or Degraded)
 * can still recover. The others are final, with two exceptions. `live` becomes
 * `superseded` or `rolled-back` when another version goes live. And a promotion
 * that ended before any sync applied its version (superseded or abandoned
 * without `synced`) continues if the version is deployed after all.
 *
 * - `live`: applied last and Healthy. It runs alone, or Argo CD has called it Healthy
 *   for a while: other pods may stay, or none may run.
 * - `failed`: its sync failed, or the application is Degraded with it.
 * - `superseded`: another version replaced it, or was deployed or pushed
 *   instead while it was pending.
 * - `rolled-back`: an earlier deployment was put in its place.
 * - `abandoned`: the application is gone, or the image was removed from the registry before it was deployed.
 *
 * @public
 */
export type PromotionOutcome =
  | 'live'
  | 'failed'
  | 'superseded'
  | 'rolled-back'
  | 'abandoned';

/**
 * A version of an image: a tag, a digest, or both.
 *
 * @public
 */
export interface ImageVersion {
  tag?: string;
  /** `sha256:…` */
  digest?: string;
}

/**
 * A request to merge commits: a pull request of GitHub, Gitea or Bitbucket, a
 * merge request of GitLab.
 *
 * @public
 */
export interface MergeRequest {
  /** Its page on the Git host. */
  url: string;
  /** Its number within the repository. */
  number: number;
  title: string;
  /** `closed`: without a merge. */
  state: 'open' | 'closed' | 'merged';
  /** The name of the account that opened it. */
  author?: string;
  /** ISO 8601, UTC; only with the state `merged`. */
  mergedAt?: string;
  /** When the host last changed it; ISO 8601, UTC. */
  updatedAt: string;
}

/**
 * A commit on a branch that somebody must merge.
 *
 * @public
 */
export interface PromotionProposal {
  repoUrl: string;
  /** The branch with the commit. */
  branch: string;
  /** The branch that it is to be merged into. */
  base: string;
  revision: string;
  /** Absent if no merge request was opened. */
  request?: MergeRequest;
}

/**
 * The revision of the configuration repository that introduced a version.
 *
 * @public
 */
export interface PromotionCommit {
  repoUrl: string;
  revision: string;
  author?: string;
  /** The author date that Argo CD's revision metadata gives. */
  date?: string;
  message?: string;
  /**
   * If false, it is only known that this revision contains the change, not that
   * it made it.
   */
  exact: boolean;
  /** By which it was merged; absent if by none, or if none is known. */
  request?: MergeRequest;
}

/**
 * The sync operation that applied a version.
 *
 * @public
 */
export interface PromotionSync {
  /** Id of the entry in `status.history`; absent while the sync runs, and for a sync that failed. */
  historyId?: number;
  revisions: string[];
  startedAt?: string;
  finishedAt?: string;
  initiatedBy?: Initiator;
  message?: string;
}

/**
 * Why a promotion failed or ended, as data; `formatMessage` turns it into a
 * sentence.
 *
 * @public
 */
export type PromotionReason = MessageOf<'promotion'>;

/**
 * One image version on its way into one application, per image repository.
 *
 * @public
 */
export interface Promotion {
  /** Stable and derived: the same promotion gets the same id on every replica and after every restart. */
  id: string;
  application: ApplicationRef;
  /** Image repository with registry host and without tag, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api`. */
  repository: string;
  version: ImageVersion;
  /** The version that ran before it. */
  previous?: ImageVersion;
  stages: Partial<Record<StageName, StageTime>>;
  outcome?: PromotionOutcome;
  /** When the outcome was reached; present with `outcome`. */
  outcomeAt?: StageTime;
  /**
   * Why it failed, or what replaced it. Argo CD's own message, if there is one,
   * is a parameter.
   */
  reason?: PromotionReason;
  /** Set only if the Image Updater writes to a branch that somebody must merge. */
  proposal?: PromotionProposal;
  commit?: PromotionCommit;
  sync?: PromotionSync;
  /** The first time that it failed, whatever happened afterwards. */
  failure?: { at: StageTime; reason?: PromotionReason };
  /**
   * An earlier deployment, put back by syncing what was synced before. Nothing
   * was pushed or committed for it, so it has neither of these stages.
   */
  rollback?: boolean;
  /**
   * The Image Updater committed the version again just after its rollback: it
   * knows nothing about rollbacks, and takes the version that its policy
   * prefers.
   */
  undoesRollback?: boolean;
}
