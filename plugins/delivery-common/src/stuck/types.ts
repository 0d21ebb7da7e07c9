import type { ImageUpdaterResource } from '../image-updater';
import type { Message, MessageParameter } from '../messages';
import type { Application } from '../model/application';
import type { ObservedSyncWindows } from '../promotion';

/**
 * What a promotion waits for.
 *
 * - `updater-cycle`: pushed; the Image Updater's next cycle is pending.
 * - `policy-passes-over`: pushed; the Image Updater's policy doesn't accept the
 *   version.
 * - `updater-failing`: pushed; the Image Updater reports an error.
 * - `comparison-pending`: pushed; Argo CD hasn't compared since, so a commit
 *   couldn't be observed.
 * - `updater-queue`: pushed; the Image Updater is committing the version to
 *   other applications.
 * - `updater-unusable`: pushed; an ImageUpdater is meant for the image, but its
 *   settings can't be used.
 * - `updater-not-visible`: pushed; no known ImageUpdater resource enables the
 *   application's annotations, but the Image Updater committed for it before.
 * - `updater-not-enabled`: pushed; no known ImageUpdater resource enables the
 *   application's annotations.
 * - `updaters-unreadable`: pushed; ImageUpdater resources couldn't be read, so
 *   it isn't known what would commit the version.
 * - `updater-overdue`: pushed; not committed, although the Image Updater had
 *   enough time.
 * - `merge-pending`: proposed; somebody has to merge the request.
 * - `request-closed`: proposed; the request was closed without a merge.
 * - `request-missing`: proposed on a branch; no merge request was opened.
 * - `merge-not-compared`: the request is merged; Argo CD hasn't compared since.
 * - `not-refreshed`: committed; Argo CD hasn't compared since.
 * - `comparison-failed`: Argo CD can't compare, so no commit is observed and
 *   nothing is synced.
 * - `automated-sync-off`: committed; someone has to sync.
 * - `rollback-undone`: the Image Updater committed the rolled-back version
 *   again, and its sync is pending.
 * - `sync-window-closed`: a sync window blocks the sync.
 * - `sync-windows-unreadable`: committed and out of sync; the sync windows that
 *   may block it couldn't be read.
 * - `sync-pending`: committed and out of sync; automated sync is expected to
 *   start.
 * - `syncing`: the operation runs.
 * - `sync-failing`: the operation failed, or is being retried.
 * - `rolling-out`: synced; pods are replaced.
 * - `suspended`: synced; the rollout is paused.
 * - `degraded`: synced; resources are Degraded.
 * - `missing`: synced; resources are missing.
 *
 * @public
 */
export type StuckCode =
  | 'updater-cycle'
  | 'policy-passes-over'
  | 'updater-failing'
  | 'comparison-pending'
  | 'updater-queue'
  | 'updater-unusable'
  | 'updater-not-visible'
  | 'updater-not-enabled'
  | 'updaters-unreadable'
  | 'updater-overdue'
  | 'merge-pending'
  | 'request-closed'
  | 'request-missing'
  | 'merge-not-compared'
  | 'not-refreshed'
  | 'comparison-failed'
  | 'automated-sync-off'
  | 'rollback-undone'
  | 'sync-window-closed'
  | 'sync-windows-unreadable'
  | 'sync-pending'
  | 'syncing'
  | 'sync-failing'
  | 'rolling-out'
  | 'suspended'
  | 'degraded'
  | 'missing';

/**
 * What a promotion waits for, as data; `stuckMessage` turns it into a message.
 *
 * @public
 */
export interface StuckReason {
  code: StuckCode;
  /**
   * Parameters of the code's sentence. They include Argo CD's own messages,
   * word for word.
   */
  parameters: Record<string, MessageParameter>;
  /** Since when this has been the case; ISO 8601, UTC. */
  since?: string;
  /** An additional remark. */
  note?: Message;
  /** What to do. */
  advice?: Message;
}

/**
 * Why evidence can't be read: Argo CD denies the account access, doesn't
 * answer, or returns another error; or the Kubernetes API does, or it doesn't
 * have such resources.
 *
 * @public
 */
export type UnreadableReason =
  | 'forbidden'
  | 'unreachable'
  | 'failed'
  | 'kubernetes-forbidden'
  | 'kubernetes-missing'
  | 'kubernetes-unreachable'
  | 'kubernetes-failed';

/**
 * Evidence that couldn't be read at the last attempt, and since when (ISO 8601,
 * UTC).
 *
 * @public
 */
export interface Unreadable {
  imageUpdaters?: { reason: UnreadableReason; since: string };
  syncWindows?: { reason: UnreadableReason; since: string };
}

/**
 * How far the Image Updater has got with a version in all applications that it
 * is promoted to.
 *
 * @public
 */
export interface UpdateProgress {
  /** Applications in which it is committed or synced. */
  committed: number;
  /** Applications in which it was promoted. */
  total: number;
  /** The time of the latest commit; ISO 8601, UTC. */
  committedAt?: string;
}

/**
 * What is known about everything that can hold up a promotion.
 *
 * @public
 */
export interface StuckEvidence {
  application: Application;
  /** Sync windows as last read; absent if they weren't. */
  syncWindows?: ObservedSyncWindows;
  /** The resources that may select the application. */
  imageUpdaters: readonly ImageUpdaterResource[];
  /** Evidence that couldn't be read; absent if everything was read. */
  unreadable?: Unreadable;
  /**
   * The Image Updater's own `--interval`, in milliseconds. The default is two
   * minutes, as in the Image Updater.
   */
  updaterIntervalMs?: number;
  /** How far it has got with the version; absent if unknown. */
  updateProgress?: UpdateProgress;
  /**
   * When it last committed for the application; ISO 8601, UTC. Absent if no
   * commit is known.
   */
  updaterCommittedAt?: string;
}
