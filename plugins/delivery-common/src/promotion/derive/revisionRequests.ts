import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import { repositoriesOf } from '../applicationVersions';
import type { DeliveryState, RevisionWanted } from '../types';

/** Argo CD keeps ten entries unless it is told otherwise; promotions of earlier ones are not imported. */
const HISTORY_ENTRIES = 10;
const GIT_SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * Revisions of which nothing is known although they would tell more: those that
 * the application was seen to be out of sync with, and those of the entries of its
 * history from which promotions are imported. For a start after a stop, when
 * requests may have been lost.
 *
 * @public
 */
export function wantedRevisions(state: DeliveryState): RevisionWanted[] {
  return [...wanted(state).values()];
}

/**
 * What is wanted now and wasn't before.
 *
 * @internal
 */
export function newlyWanted(
  before: DeliveryState,
  after: DeliveryState,
): RevisionWanted[] {
  if (
    before.memory.revisions === after.memory.revisions &&
    before.application?.history.length === after.application?.history.length &&
    before.application?.history.at(-1)?.id ===
      after.application?.history.at(-1)?.id
  ) {
    return [];
  }
  const already = wanted(before);
  return [...wanted(after)]
    .filter(([key]) => !already.has(key))
    .map(([, change]) => change);
}

function wanted(state: DeliveryState): Map<string, RevisionWanted> {
  const changes = new Map<string, RevisionWanted>();
  const { application, memory, goneAt } = state;
  if (!application || goneAt) {
    return changes;
  }
  const known = new Set(
    state.revisions.map(({ repoUrl, revision }) => `${revision} ${repoUrl}`),
  );
  const isMultiSource = application.sources.length > 1;
  const want = (
    repoUrl: string | undefined,
    revision: string,
    sourceIndex: number,
    historyId?: number,
  ) => {
    const key = `${revision} ${repoUrl}`;
    const isChart = application.sources[sourceIndex]?.chart !== undefined;
    if (repoUrl && !isChart && GIT_SHA.test(revision) && !known.has(key)) {
      changes.set(key, {
        kind: 'resolve-revision',
        repoUrl,
        revision,
        ...(isMultiSource && { sourceIndex }),
        ...(isMultiSource && historyId !== undefined && { historyId }),
      });
    }
  };
  for (const { repoUrl, revision, sourceIndex } of memory.revisions) {
    want(repoUrl, revision, sourceIndex);
  }
  for (const { id, revisions, sources } of historyShown(state, application)) {
    revisions.forEach((revision, index) =>
      want(sources[index]?.repoUrl, revision, index, id),
    );
  }
  return changes;
}

/**
 * The latest entries; only the last one, which pages show, of an application
 * without images that could be promoted.
 */
function historyShown(
  { imageUpdaters }: DeliveryState,
  application: Application,
): ApplicationHistoryEntry[] {
  const { history } = application;
  const hasImages = repositoriesOf(application, imageUpdaters).length > 0;
  return history.slice(hasImages ? -HISTORY_ENTRIES : -1);
}
