import type { ImageUpdaterResource } from '../image-updater';
import type { Message, MessageParameter } from '../messages';
import type { Application } from '../model/application';
import type { ObservedSyncWindows } from '../promotion';

/**
 * What a promotion waits for.
 *
 * - `updater-cycle`: pushed; the Image Updater looks within its cycle.
 * - `policy-passes-over`: pushed; the Image Updater's policy doesn't take the version.
 * - `updater-failing`: pushed; the Image Updater reports an error.
 * - `updater-not-enabled`: pushed; no ImageUpdater resource is seen that lets the application's annotations count.
 * - `updaters-unreadable`: pushed; ImageUpdater resources couldn't be read, so what would commit it isn't known.
 * - `updater-overdue`: pushed, and the Image Updater had time enough to commit it.
 * - `not-refreshed`: committed; Argo CD has not compared since.
 * - `comparison-failed`: Argo CD can't compare, so a commit isn't seen and nothing is synced.
 * - `automated-sync-off`: committed; someone has to sync.
 * - `rollback-undone`: the Image Updater committed again what was rolled back, and the sync waits.
 * - `sync-window-closed`: a sync window keeps the operation back.
 * - `sync-windows-unreadable`: committed and out of sync; whether a sync window keeps it back couldn't be read.
 * - `sync-pending`: committed and out of sync; automated sync is to start.
 * - `syncing`: the operation runs.
 * - `sync-failing`: the operation failed, or is tried again.
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
  | 'updater-not-enabled'
  | 'updaters-unreadable'
  | 'updater-overdue'
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
 * What a promotion waits for, as data: `stuckMessage` makes it a sentence.
 *
 * @public
 */
export interface StuckReason {
  code: StuckCode;
  /** Of the code's sentence; Argo CD's own messages are among them, word for word. */
  parameters: Record<string, MessageParameter>;
  /** Since when it is so; ISO 8601, UTC. */
  since?: string;
  /** What else has to be known. */
  note?: Message;
  /** What to do. */
  advice?: Message;
}

/**
 * Why evidence can't be read: Argo CD refuses it to the account, doesn't answer,
 * or answers with another failure.
 *
 * @public
 */
export type UnreadableReason = 'forbidden' | 'unreachable' | 'failed';

/**
 * Evidence that couldn't be read when it was last asked for, and since when that
 * is so (ISO 8601, UTC).
 *
 * @public
 */
export interface Unreadable {
  imageUpdaters?: { reason: UnreadableReason; since: string };
  syncWindows?: { reason: UnreadableReason; since: string };
}

/**
 * What is known that can hold a promotion up.
 *
 * @public
 */
export interface StuckEvidence {
  application: Application;
  /** Sync windows as last read; absent if they weren't. */
  syncWindows?: ObservedSyncWindows;
  /** Those that may select the application. */
  imageUpdaters: readonly ImageUpdaterResource[];
  /** What else would be known if it could be read; absent: everything was. */
  unreadable?: Unreadable;
  /** The Image Updater's own `--interval`, in milliseconds; default two minutes, as it is there. */
  updaterIntervalMs?: number;
}
