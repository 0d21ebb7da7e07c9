import { displayVersion } from '../images';
import type { Promotion } from '../model/promotion';
import { comparisonFailure } from './comparison';
import { isSyncBlocked, windowsInWords } from './syncWindows';
import type { StuckEvidence, StuckReason } from './types';
import { unreadableInWords } from './unreadable';

/**
 * What Argo CD's controller writes to a running operation that a sync window
 * keeps back. An automated sync isn't even begun then.
 */
const SYNC_WINDOW_MESSAGE = 'Sync operation blocked by sync window';

/**
 * What a committed version waits for.
 *
 * @internal
 */
export function whyNotSynced(
  promotion: Promotion,
  { application, syncWindows, unreadable }: StuckEvidence,
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
  const failure = comparisonFailure(application);
  if (failure) {
    return failure;
  }
  const refusal = conditions.find(({ type }) => type === 'SyncError');
  if (refusal) {
    return {
      code: 'sync-failing',
      message: refusal.message,
      since: refusal.lastTransitionTime,
    };
  }
  const isBlocked =
    application.automatedSync &&
    syncWindows !== undefined &&
    syncWindows.at >= committedAt &&
    isSyncBlocked(syncWindows);
  if (isBlocked) {
    return {
      code: 'sync-window-closed',
      message: windowsInWords(syncWindows),
      since: syncWindows.at,
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
  if (application.automatedSync && unreadable?.syncWindows) {
    return {
      code: 'sync-windows-unreadable',
      message: `Argo CD has not synced it. Whether a sync window keeps it back could not be read: ${unreadableInWords(
        unreadable.syncWindows.reason,
      )}`,
      since: unreadable.syncWindows.since,
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
