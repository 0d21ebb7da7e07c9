import type { ImageUpdaterResource } from '../image-updater';
import type {
  Application,
  ApplicationRef,
  PodFailure,
  SyncWindows,
} from '../model/application';
import type { ImageBuild } from '../model/image';
import type { HistoryCommit } from '../model/observation';
import type { ImageVersion, Promotion, StageTime } from '../model/promotion';
import type {
  DryRevision,
  ObservedCommitRequest,
  ObservedProposal,
} from './repositoryTypes';

export * from './changes';
export * from './repositoryTypes';

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
  /** Tags that it got later than its push; absent if none did. */
  laterTags?: LaterTag[];
  /** Absent if unknown. */
  builds?: readonly ImageBuild[];
  /** When it was first observed. */
  seenAt: string;
  /** Removed from the registry with all of its tags. */
  removed?: boolean;
  /** When the removal was observed; ISO 8601, UTC. */
  removedAt?: string;
}

/**
 * A tag that an image got later than its push, and when.
 *
 * @public
 */
export interface LaterTag extends StageTime {
  tag: string;
}

/**
 * What is known about a revision of a configuration repository.
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
 * The commits of a repository between two revisions that touch an application's
 * files, oldest first.
 *
 * @public
 */
export interface KnownCommits {
  repoUrl: string;
  from: string;
  to: string;
  commits: readonly HistoryCommit[];
}

/**
 * A revision that an application was to be synced to, observed while it was out
 * of sync.
 *
 * @public
 */
export interface ObservedRevision {
  repoUrl: string;
  revision: string;
  /**
   * The revision that the application was compared with before; absent if none
   * is known.
   */
  from?: string;
  sourceIndex: number;
  /** When it was first observed; ISO 8601, UTC. */
  at: string;
  position: number;
}

/**
 * A version that was observed in the configuration, other than by a commit
 * message: in the parameters of the application's own sources, or among the
 * images that an operation was about to apply.
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
 * A version being put into the application: the core of a promotion that has
 * reached a sync.
 *
 * @public
 */
export interface Rollout {
  promotionId: string;
  repository: string;
  /**
   * As written in the application's image reference, without what a registry
   * adds.
   */
  version: ImageVersion;
  revisions: string[];
  /**
   * Per source, the revision that the application was compared with before;
   * empty if none is known. Absent in rollouts from before this was remembered.
   */
  from?: string[];
  position: number;
  rollback: boolean;
  /** Who started the sync. */
  by?: string;
  /** The version is in the parameters of the application's own sources. */
  parameters: boolean;
  /**
   * That the application was Degraded because of it, if its promotion had an
   * earlier failure then. That one may turn out to be of an earlier attempt, once
   * the commit of the version is known.
   */
  degraded?: Promotion['failure'];
}

/**
 * The latest operation that was observed.
 *
 * @public
 */
export interface ObservedOperation {
  startedAt: string;
  position: number;
  /** Whether its result was taken into account. */
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
 * Sync windows as last read.
 *
 * @public
 */
export interface ObservedSyncWindows extends SyncWindows {
  /**
   * When they were first observed in this form, or confirmed for a later
   * commit; ISO 8601, UTC.
   */
  at: string;
}

/**
 * The images in the manifests at some revisions of an application.
 *
 * @public
 */
export interface DesiredImages {
  /** As in `sync.revisions`; one per source. */
  revisions: string[];
  images: string[];
  /** Digest of the manifests; absent from what earlier versions of Landfall stored. */
  manifests?: string;
}

/**
 * What the reducer remembers per image repository of an application.
 *
 * @public
 */
export interface RepositoryMemory {
  /**
   * What the latest sync applied: the promotion, and the version as written in
   * the reference.
   */
  target?: { id: string; version: ImageVersion };
  /** The version that is rolled out; see `PromotionOutcome`. */
  live?: { id: string; version: ImageVersion };
  /** All versions of the repository that the latest sync applied; more than one if the application uses several. */
  applied: ImageVersion[];
  /**
   * Versions that pods still ran, besides the applied ones, when the live
   * version counted as rolled out.
   */
  leftover?: ImageVersion[];
  /** The highest id of `status.history` that is accounted for. */
  historyId?: number;
  /** Number of rollouts per version, for the ids of promotions. */
  counts: Record<string, number>;
  /** Lower bound of the counts of versions that are no longer in `counts`. */
  floor: number;
}

/**
 * What the reducer must remember about an application between observations,
 * besides its latest state. It is bounded, and the same whether or not the
 * process restarted in between. `position` numbers the application's own
 * observations: their order is known even if their times aren't.
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
  /**
   * Everything that was observed up to `position` is synced: Argo CD called the
   * application Synced and Healthy for a while. `at` is the time of the latest
   * sync; ISO 8601, UTC.
   */
  settled?: { position: number; at: string };
  /** As last read. They are only read while a version is pending a sync. */
  syncWindows?: ObservedSyncWindows;
  /** What Git wants, as last read while somebody had to sync. */
  desired?: DesiredImages;
  /** As last read while the application wasn't well; absent if no pod failed. */
  podFailures?: PodFailure[];
  /** Of hydrated revisions; absent unless Argo CD hydrates the manifests. */
  dryRevisions?: DryRevision[];
  /** Absent unless the Image Updater writes to a branch that somebody must merge. */
  proposals?: ObservedProposal[];
  /** Absent if no commit is known to have been merged by a request. */
  requests?: ObservedCommitRequest[];
  repositories: Record<string, RepositoryMemory>;
}

/**
 * Everything that is known about one application. It is JSON-serialisable: the
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
  /** The commits that lead to revisions; absent if none are known. */
  commits?: KnownCommits[];
  /** The Image Updater's resources that may select the application. */
  imageUpdaters: readonly ImageUpdaterResource[];
  /** Where the Image Updater runs, see `CompileOptions`. */
  updaterPlatform?: string;
  memory: ReducerMemory;
}
