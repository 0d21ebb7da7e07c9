import type { StuckEvidence, StuckReason } from './types';

/** The Image Updater looks every two minutes; three cycles without a commit are too many. */
const UPDATER_OVERDUE_MS = 6 * 60_000;

/**
 * What a version that is only pushed waits for.
 *
 * @internal
 */
export function whyNotCommitted(
  pushedAt: string,
  { policy }: StuckEvidence,
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
