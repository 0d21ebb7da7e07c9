import type { DescribedVerdictReason } from '../api/describe';
import type { ImageApplication } from '../api/types';
import type { ImageVersion } from '../model/promotion';

/**
 * What Image Updater would do with an application now.
 *
 * @public
 */
export interface FleetUpdate {
  /** What it would write. */
  available?: { repository: string; version: ImageVersion };
  /** The newest version that only its constraint excludes. */
  held?: { version: string; reason: DescribedVerdictReason };
}

/**
 * The version that Image Updater would write for a repository of an application
 * now; undefined if it writes none, because the application is up to date, or
 * because no ImageUpdater works with its settings.
 *
 * @public
 */
export function availableUpdate({
  state,
  next,
}: Pick<ImageApplication, 'state' | 'next'>): ImageVersion | undefined {
  return state === 'managed' && next?.outcome === 'update'
    ? next.version
    : undefined;
}
