import type { Application } from '../model/application';
import type { StuckReason } from './types';

/**
 * Why Argo CD can't compare an application with its sources: nothing is synced
 * then, and what its sources say isn't known. Of its error conditions only
 * `SyncError` is of another kind: a comparison that succeeded, and no sync.
 *
 * @internal
 */
export function comparisonFailure({
  conditions,
}: Application): StuckReason | undefined {
  const error = conditions.find(
    ({ type }) => type.endsWith('Error') && type !== 'SyncError',
  );
  return (
    error && {
      code: 'comparison-failed',
      message: error.message,
      since: error.lastTransitionTime,
    }
  );
}
