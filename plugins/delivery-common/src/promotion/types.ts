import type { ImageUpdaterResource } from '../image-updater';
import type {
  Application,
  ApplicationRef,
  SyncWindows,
} from '../model/application';
import type { ImageBuild } from '../model/image';
import type { ImageVersion, Promotion } from '../model/promotion';

/**
 * An image that a registry has, or had.
 *
 * @public
 */
export interface KnownImage {
  /** With registry host, without tag. */
  repository: string;
  digest: string;
  tags: string[];
  /** The registry's own time; absent if it gives none. */
  pushedAt?: string;
  /** Absent if they aren't known. */
  builds?: readonly ImageBuild[];
  /** When it was first observed. */
  seenAt: string;
  /** Removed from the registry with all of its tags. */
  removed?: boolean;
  /** When the removal was observed; ISO 8601, UTC. */
  removedAt?: string;
}

/**
 * What is known of a revision of a configuration repository.
 *
 * @public
 */
export interface KnownRevision {
  repoUrl: string;
  revision: string;
  author: string;
  /** Author date, ISO 8601. */
  date: string;
  message: string;
}

/**
 * A revision to which an application was to be synced while it was out of sync
 * with it.
 *
 * @public
 */
export interface ObservedRevision {
  repoUrl: string;
  revision: string;
  sourceIndex: number;
  /** When it was first observed; ISO 8601, UTC. */
  at: string;
  position: number;
}

/**
 * A version that the configuration was observed to contain, without a commit
 * message that says so: in the parameters of the application's own sources, or in
 * what an operation was about to apply.
 *
 * @public
 */
export interface ObservedVersion {
  repository: string;
  version: ImageVersion;
  /** When it was first observed; ISO 8601, UTC. */
  at: string;
  position: number;
  /** The revision that contains it; absent for parameters of the application itself. */
  revision?: string;
  sourceIndex?: number;
}

/**
 * A version being put into the application: the core of a promotion that got as
 * far as a sync.
 *
 * @public
 */
export interface Rollout {
  promotionId: string;
  repository: string;
  /** As the reference in the application is written, without what a registry adds. */
  version: ImageVersion;
  revisions: string[];
  position: number;
  rollback: boolean;
  /** Who started the sync. */
  by?: string;
  /** The version is in the parameters of the application's own sources. */
  parameters: boolean;
}

/**
 * The latest operation that was observed.
 *
 * @public
 */
export interface ObservedOperation {
  startedAt: string;
  position: number;
  /** Its result was taken into account. */
  finished: boolean;
}

/**
 * An operation that failed.
 *
 * @public
 */
export interface FailedOperation {
  revisions: string[];
  startedAt: string;
  finishedAt?: string;
  message?: string;
  position: number;
}

/**
 * Sync windows as they were read.
 *
 * @public
 */
export interface ObservedSyncWindows extends SyncWindows {
  /** When they were first observed like this, or confirmed for a later commit; ISO 8601, UTC. */
  at: string;
}

/**
 * What the reducer remembers per image repository of an application.
 *
 * @public
 */
export interface RepositoryMemory {
  /** What the latest sync applied: the promotion, and the version as it is written. */
  target?: { id: string; version: ImageVersion };
  /** What runs alone and Healthy. */
  live?: { id: string; version: ImageVersion };
  /** All versions of the repository that the latest sync applied; more than one if the application uses several. */
  applied: ImageVersion[];
  /** The highest id of `status.history` that is accounted for. */
  historyId?: number;
  /** How many rollouts each version had, for the ids of promotions. */
  counts: Record<string, number>;
  /** Lower bound of the counts of versions that are no longer in `counts`. */
  floor: number;
}

/**
 * What the reducer must remember of an application between observations, beside
 * its latest state. It is bounded, and the same whether or not the process was
 * stopped in between. `position` numbers the application's own observations: their
 * order is known even if their times are not.
 *
 * @public
 */
export interface ReducerMemory {
  uid?: string;
  /** When this application was first observed; ISO 8601, UTC. */
  firstSeenAt?: string;
  position: number;
  revisions: ObservedRevision[];
  versions: ObservedVersion[];
  /** The rollouts, oldest first per repository. */
  runs: Rollout[];
  operation?: ObservedOperation;
  failures: FailedOperation[];
  /** As they were last read; they are only read while something waits for a sync. */
  syncWindows?: ObservedSyncWindows;
  repositories: Record<string, RepositoryMemory>;
}

/**
 * Everything known that concerns one application. It is JSON-serialisable: the
 * tracker loads it, reduces, and stores it.
 *
 * @public
 */
export interface DeliveryState {
  ref: ApplicationRef;
  /** Latest observation; absent before the first. */
  application?: Application;
  /** Set once the application is gone; ISO 8601, UTC. */
  goneAt?: string;
  /**
   * Promotions that are open, live, or recent enough to matter: every one that
   * can still change, and at least the latest 20 others per repository.
   */
  promotions: Promotion[];
  /** Images of the repositories of `repositoriesOf(application, imageUpdaters)`. */
  images: KnownImage[];
  /** Resolved revisions: at least those of the history and of `memory.revisions`. */
  revisions: KnownRevision[];
  /** The Image Updater's resources that may select the application. */
  imageUpdaters: readonly ImageUpdaterResource[];
  /** Where the Image Updater runs, see `CompileOptions`. */
  updaterPlatform?: string;
  memory: ReducerMemory;
}

/**
 * What an observation changed, to be stored and published.
 *
 * @public
 */
export type Change =
  | PromotionChange
  | PromotionWithdrawn
  | ApplicationChange
  | UnresolvedRevision;

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
 * A promotion that a push opened turned out to be none, because of evidence that
 * arrived later: what was already applied when it was pushed is newer. To be
 * deleted.
 *
 * @public
 */
export interface PromotionWithdrawn {
  kind: 'promotion-withdrawn';
  promotion: Promotion;
}

/**
 * Something of the application changed that a page shows.
 *
 * @public
 */
export interface ApplicationChange {
  kind: 'application';
}

/**
 * A revision whose metadata is missing: to be answered, once, with a
 * `RevisionResolved`.
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
