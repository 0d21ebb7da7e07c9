import type {
  StageName,
  UnreadableReason,
} from '@landfall/backstage-plugin-delivery-common';

export type { ActionRow } from './actionRows';
export type {
  ApplicationSummaryRow,
  ServiceApplicationRow,
  ServiceRow,
  SummaryRequestRow,
} from './fleetRows';
export type {
  DeployedChangeRow,
  LeadTimeColumns,
  WatchedApplicationRow,
} from './performanceRows';

/**
 * The rows of the tables in `migrations/`. Times are ISO 8601 in UTC with
 * milliseconds, so that they sort as text. Some tables and columns keep older
 * names than the code uses, because the previous version still reads and writes
 * them during a rolling update: see `docs/adr/0006-table-names-stay.md`.
 */

/** @internal */
export interface ApplicationRow {
  key: string;
  instance: string;
  namespace: string;
  name: string;
  project: string | null;
  resource_version: string | null;
  state: string | null;
  memory: string;
  gone_at: string | null;
  /** 1 if Argo CD syncs it automatically, else 0. */
  automated_sync: number;
  /** Of the latest reconciliation, which may be later than that in `state`. */
  reconciled_at: string | null;
  /** See `steadyHash`. */
  steady_hash: string | null;
}

/** @internal */
export interface ApplicationLabelRow {
  application_key: string;
  label: string;
  value: string;
}

/** @internal */
export interface ApplicationRepositoryRow {
  application_key: string;
  repository: string;
  /** 1 if the application's policy depends on when images were built, else 0. */
  needs_builds: number;
}

/**
 * The column `<stage>_at` of each stage.
 *
 * @internal
 */
export type StageColumns = {
  [Stage in StageName as `${Stage}_at`]?: string | null;
};

/** @internal */
export interface PromotionRow extends StageColumns {
  id: string;
  application_key: string;
  repository: string;
  tag: string | null;
  digest: string | null;
  outcome: string | null;
  started_at: string;
  moved_at: string;
  document: string;
}

/**
 * The column `images_version` stays for replicas of an earlier version, which write
 * it during a rolling update; `store_versions` has replaced it.
 *
 * @internal
 */
export interface RepositoryRow {
  repository: string;
  next_read_at: string;
  read_at: string | null;
  failures: number;
  error: string | null;
  /** One of `RepositoryErrorCode`. */
  error_code: string | null;
  /** When an entity was last seen to reference it; null: none does. */
  named_at: string | null;
  /** JSON; null: not known. */
  tag_mutability: string | null;
}

/** @internal */
export interface RepositorySearchRow {
  key: string;
  tags: string;
  /** Null: not searched yet. */
  repositories: string | null;
  next_search_at: string;
  failures: number;
  error: string | null;
  named_at: string;
}

/** @internal */
export interface ImageRow {
  repository: string;
  digest: string;
  tags: string;
  later_tags: string | null;
  pushed_at: string | null;
  builds: string | null;
  seen_at: string;
  removed_at: string | null;
}

/** @internal */
export interface ImageTagRow {
  repository: string;
  tag: string;
  digest: string;
}

/** @internal */
export interface ImageDetailsRow {
  repository: string;
  digest: string;
  document: string;
  is_child: 0 | 1;
}

/** @internal */
export interface RevisionRow {
  repo_url: string;
  revision: string;
  author: string;
  date: string;
  message: string;
  seen_at: string;
}

/** @internal */
export interface RevisionRequestRow {
  repo_url: string;
  revision: string;
  application_key: string;
  instance: string;
  source_index: number | null;
  history_id: number | null;
  attempts: number;
  next_attempt_at: string;
  /** Null for requests from before this column existed. */
  wanted_since: string | null;
  error: string | null;
}

/** @internal */
export interface CommitRangeRow {
  application_key: string;
  to_revision: string;
  from_revision: string;
  repo_url: string;
  /** JSON. */
  paths: string;
  /** JSON; null: not known. */
  commits: string | null;
  attempts: number;
  next_attempt_at: string;
  wanted_since: string;
  /** Why the commits aren't known. */
  reason: string | null;
  error: string | null;
}

/** @internal */
export interface CommitRequestRow {
  application_key: string;
  revision: string;
  repo_url: string;
  attempts: number;
  next_attempt_at: string;
  wanted_since: string;
  /** Why the merge request isn't known, or its state. */
  reason: string | null;
  error: string | null;
}

/** @internal */
export interface ProposalReadRow {
  application_key: string;
  repo_url: string;
  /** Empty: the default branch. */
  base: string;
  template: string;
  attempts: number;
  next_attempt_at: string;
  wanted_since: string;
  /** Why nothing is known. */
  reason: string | null;
  error: string | null;
}

/** @internal */
export interface ImageUpdaterRow {
  instance: string;
  namespace: string;
  name: string;
  manager: string;
  document: string;
}

/** @internal */
export interface ImageUpdaterPatternRow {
  instance: string;
  namespace: string;
  name: string;
  application: string;
}

/** @internal */
export interface UnreadableResourceRow {
  application_key: string;
  kind: 'image-updaters' | 'sync-windows';
  instance: string;
  reason: UnreadableReason;
  since: string;
}

/** @internal */
export interface InstanceRow {
  name: string;
  state: string;
  since: string;
  last_heard_at: string | null;
  error: string | null;
  /** One of `InstanceErrorCode`; also null for errors from before it was stored. */
  error_code: string | null;
}

/** @internal */
export interface LeaseRow {
  name: string;
  owner: string;
  /** Milliseconds by the database's clock; PostgreSQL's driver returns a string. */
  expires_at: number | string;
}

/**
 * A row of the table `outbox`.
 *
 * @internal
 */
export interface SignalOutboxRow {
  id: number | string;
  message: string;
  created_at: string;
}

/**
 * A row of the table `application_hints`.
 *
 * @internal
 */
export interface RefreshRequestRow {
  instance: string;
  namespace: string;
  name: string;
  /** When the refresh was requested. */
  hinted_at: string;
}

/**
 * A row of the table `notices`.
 *
 * @internal
 */
export interface NotificationOutboxRow {
  id: number | string;
  message: string;
  created_at: string;
  attempts: number;
  next_attempt_at: string;
}

/** @internal */
export interface StuckNoticeRow {
  promotion_id: string;
  code: string;
  seen_at: string;
}

/** @internal */
export interface InstallationKeyRow {
  name: string;
  /** 32 bytes in hexadecimal. */
  value: string;
}

/** @internal */
export interface StoreVersionRow {
  /** See `bucketsOf`. */
  scope: number;
  /** PostgreSQL's driver returns a string. */
  version: number | string;
}
