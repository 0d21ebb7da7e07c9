import type { ImageVersion, Promotion } from '../model/promotion';
import type { StageName } from '../model/stages';
import type { KnownImage } from '../promotion';

/**
 * What a version is, or was, in an application.
 *
 * - `failed`: its sync failed, or the application is Degraded with it.
 * - `on-its-way`: it is being promoted.
 * - `running`: it is the version that runs.
 * - `rolled-back`: an earlier deployment was put in its place.
 * - `was-here`: it ran, until another version replaced it.
 * - `skipped`: it was on its way, but was never deployed.
 *
 * @public
 */
export type VersionState =
  | 'failed'
  | 'on-its-way'
  | 'running'
  | 'rolled-back'
  | 'was-here'
  | 'skipped';

/**
 * A time in which a version was live. Times are ISO 8601 in UTC; one that isn't
 * known is absent. The stay of a running version has no end.
 *
 * @public
 */
export interface VersionStay {
  from?: string;
  to?: string;
}

/**
 * The applications of one environment in which a version has the same state.
 *
 * @public
 */
export interface VersionCellState {
  state: VersionState;
  /** How many applications of the environment. */
  applications: number;
  /**
   * Since when it runs, when it reached `stage`, or when it failed or ended; the
   * latest of these applications. ISO 8601, UTC.
   */
  at?: string;
  /** The stage that all these applications have reached; only `on-its-way`. */
  stage?: StageName;
  /** The latest few, newest first. A version can be somewhere more than once. */
  stays: VersionStay[];
  /** Id of the promotion that the state is taken from. */
  promotion?: string;
}

/**
 * What a version is in one environment.
 *
 * @public
 */
export interface VersionCell {
  environment: string;
  /** At least one; what matters most first. */
  states: VersionCellState[];
}

/**
 * A commit of the configuration that brought a version into environments.
 *
 * @public
 */
export interface VersionCommit {
  repoUrl: string;
  revision: string;
  /** If false, the revision only contains the change. */
  exact: boolean;
  author?: string;
  message?: string;
  environments: string[];
}

/**
 * A version with what it is in each environment.
 *
 * @public
 */
export interface VersionRow {
  /** Unique among the rows of a repository, whatever is read later. */
  id: string;
  version: ImageVersion;
  /** All known tags; that of `version` first. */
  tags: string[];
  /** When it began its way, or was pushed; ISO 8601, UTC. Rows are sorted by it. */
  at?: string;
  /** The registry's own time. */
  pushedAt?: string;
  /** The registry had it, but has it no more. */
  removed?: boolean;
  /** In the order of the environments; those that it never was in are left out. */
  cells: VersionCell[];
  /** In the order of the environments. */
  commits: VersionCommit[];
}

/**
 * An application, as far as one image repository is concerned.
 *
 * @public
 */
export interface VersionUser {
  environment: string;
  /** What its pods run. */
  running: readonly ImageVersion[];
  promotions: readonly Promotion[];
}

/**
 * What is known of the versions of one image repository.
 *
 * @public
 */
export interface VersionGridInput {
  /** In the order in which they are shown. */
  environments: readonly string[];
  applications: readonly VersionUser[];
  /** Removed ones included. */
  images: readonly Pick<
    KnownImage,
    'digest' | 'tags' | 'pushedAt' | 'seenAt' | 'removed'
  >[];
  /** Rows are for these versions only; absent: for all that are mentioned. */
  only?: readonly ImageVersion[];
}
