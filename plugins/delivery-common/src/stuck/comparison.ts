import type { Application } from '../model/application';
import type { StuckFinding } from './rule';

/**
 * Why Argo CD can't compare an application with its sources: nothing is synced
 * then, and what its sources say isn't known. Of its error conditions only
 * `SyncError` is of another kind: a comparison that succeeded, and no sync.
 *
 * @internal
 */
export function comparisonFailure({
  conditions,
}: Application): StuckFinding<'comparison-failed'> | undefined {
  const error = conditions.find(
    ({ type }) => type.endsWith('Error') && type !== 'SyncError',
  );
  return (
    error && {
      parameters: { message: error.message },
      since: error.lastTransitionTime,
    }
  );
}

/**
 * Whether revisions wait to be synced. Argo CD knows heads alone, so a commit
 * that was followed by another one, as in a repository of many applications, may
 * be among them although it was never seen.
 *
 * @internal
 */
export function isBehind({ sync, history }: Application): boolean {
  return (
    sync.status === 'OutOfSync' &&
    sync.revisions.join() !== history.at(-1)?.revisions.join()
  );
}
