import type { Application } from '../model/application';
import type { StuckFinding } from './rule';

/**
 * Why Argo CD can't compare an application with its sources. Nothing is synced
 * then, and the content of the sources isn't known. Every error condition means
 * this, except `SyncError`: there the comparison succeeded, but the sync
 * didn't.
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
 * Whether revisions are pending a sync. Argo CD only knows heads. A commit that
 * was followed by another one, as in a repository of many applications, may be
 * among the pending revisions although it was never observed.
 *
 * @internal
 */
export function isBehind({ sync, history }: Application): boolean {
  return (
    sync.status === 'OutOfSync' &&
    sync.revisions.join() !== history.at(-1)?.revisions.join()
  );
}
