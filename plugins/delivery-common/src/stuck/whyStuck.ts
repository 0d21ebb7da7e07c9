import { displayVersion } from '../images';
import type { Application } from '../model/application';
import type { Promotion } from '../model/promotion';
import { degradedReason } from '../reducer/outcomes';
import type { UpdaterImage } from '../updater';

/**
 * What a promotion waits for.
 *
 * - `updater-cycle`: pushed; the Image Updater looks within its cycle.
 * - `updater-overdue`: pushed, and the Image Updater had time enough to commit it.
 * - `not-refreshed`: committed; Argo CD has not compared since.
 * - `comparison-failed`: Argo CD can't compare, so nothing is synced.
 * - `automated-sync-off`: committed; someone has to sync.
 * - `rollback-undone`: the Image Updater committed again what was rolled back, and the sync waits.
 * - `sync-window-closed`: a sync window keeps the operation back.
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
  | 'updater-overdue'
  | 'not-refreshed'
  | 'comparison-failed'
  | 'automated-sync-off'
  | 'rollback-undone'
  | 'sync-window-closed'
  | 'sync-pending'
  | 'syncing'
  | 'sync-failing'
  | 'rolling-out'
  | 'suspended'
  | 'degraded'
  | 'missing';

/** @public */
export interface StuckReason {
  code: StuckCode;
  /** One sentence, with Argo CD's own message where there is one. */
  message: string;
  /** Since when it is so; ISO 8601, UTC. */
  since?: string;
}

/** The Image Updater looks every two minutes; three cycles without a commit are too many. */
const UPDATER_OVERDUE_MS = 6 * 60_000;

/**
 * What Argo CD's controller writes to a running operation that a sync window
 * keeps back; it says so nowhere else in an Application.
 */
const SYNC_WINDOW_MESSAGE = 'Sync operation blocked by sync window';

/**
 * What a promotion that is under way or failed waits for, from evidence in the
 * application; undefined if it waits for nothing (it is live, or over). `policy`
 * is the Image Updater's entry for the image, if it is known.
 *
 * @public
 */
export function whyStuck(
  promotion: Promotion,
  application: Application,
  policy: UpdaterImage | undefined,
  now: Date,
): StuckReason | undefined {
  if (promotion.outcome && promotion.outcome !== 'failed') {
    return undefined;
  }
  const { pushed, committed, synced } = promotion.stages;
  if (synced) {
    return whyNotHealthy(application, synced.at);
  }
  if (committed) {
    return whyNotSynced(promotion, application, committed.at);
  }
  return pushed && whyNotCommitted(pushed.at, policy, now);
}

function whyNotCommitted(
  pushedAt: string,
  policy: UpdaterImage | undefined,
  now: Date,
): StuckReason {
  if (now.getTime() - Date.parse(pushedAt) < UPDATER_OVERDUE_MS) {
    return {
      code: 'updater-cycle',
      message: 'Waits for the next cycle of the Image Updater',
      since: pushedAt,
    };
  }
  return {
    code: 'updater-overdue',
    message: policy
      ? 'The Image Updater has not committed it, although it had time to: see its ImageUpdater resource and log'
      : 'Nothing has committed it, and the application has no annotation that would make the Image Updater do so',
    since: pushedAt,
  };
}

function whyNotSynced(
  promotion: Promotion,
  application: Application,
  committedAt: string,
): StuckReason {
  const { operation, conditions, reconciledAt } = application;
  const isOwn =
    operation !== undefined &&
    promotion.sync?.startedAt === operation.startedAt &&
    !operation.dryRun;
  if (isOwn && operation.phase !== 'Succeeded') {
    const { phase, message, startedAt, retryCount } = operation;
    if (message?.startsWith(SYNC_WINDOW_MESSAGE)) {
      return { code: 'sync-window-closed', message, since: startedAt };
    }
    const isRunning = phase === 'Running' || phase === 'Terminating';
    return isRunning && !retryCount
      ? {
          code: 'syncing',
          message: message || 'The sync is running',
          since: startedAt,
        }
      : {
          code: 'sync-failing',
          message: message || 'The sync failed',
          since: operation.finishedAt ?? startedAt,
        };
  }
  const window = conditions.find(({ type }) => type.includes('SyncWindow'));
  if (window) {
    return {
      code: 'sync-window-closed',
      message: window.message,
      since: window.lastTransitionTime,
    };
  }
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  if (error) {
    return {
      code: error.type === 'SyncError' ? 'sync-failing' : 'comparison-failed',
      message: error.message,
      since: error.lastTransitionTime,
    };
  }
  if (reconciledAt && Date.parse(reconciledAt) < Date.parse(committedAt)) {
    return {
      code: 'not-refreshed',
      message: 'Argo CD has not looked at the new revision yet',
      since: committedAt,
    };
  }
  if (promotion.undoesRollback) {
    return {
      code: 'rollback-undone',
      message: `The Image Updater committed ${displayVersion(
        promotion.version,
      )} again after it was rolled back; narrow its constraint, or push a version that is mended, to keep it from coming back`,
      since: committedAt,
    };
  }
  return application.automatedSync
    ? {
        code: 'sync-pending',
        message: 'Argo CD is about to sync it',
        since: committedAt,
      }
    : {
        code: 'automated-sync-off',
        message: 'Automated sync is off: someone has to sync the application',
        since: committedAt,
      };
}

function whyNotHealthy(
  application: Application,
  syncedAt: string,
): StuckReason {
  const { health } = application;
  const since =
    health.lastTransitionTime &&
    Date.parse(health.lastTransitionTime) >= Date.parse(syncedAt)
      ? health.lastTransitionTime
      : syncedAt;
  switch (health.status) {
    case 'Degraded':
      return { code: 'degraded', message: degradedReason(application), since };
    case 'Suspended':
      return {
        code: 'suspended',
        message: health.message || 'The rollout is paused',
        since,
      };
    case 'Missing':
      return {
        code: 'missing',
        message: health.message || 'Resources of the application are missing',
        since,
      };
    default:
      return {
        code: 'rolling-out',
        message: progress(application) ?? 'Pods are being replaced',
        since,
      };
  }
}

function progress(application: Application): string | undefined {
  return (
    application.health.message ||
    application.resources.unwell.find(
      ({ health }) => health?.status === 'Progressing' && health.message,
    )?.health?.message
  );
}
