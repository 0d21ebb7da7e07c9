import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import { repositoriesOf } from '../applicationVersions';
import { writtenRevision } from '../dryRevisions';
import { isCommitId } from '../revisions';
import type { DeliveryState, UnresolvedRevision } from '../types';

/**
 * Argo CD keeps ten entries by default. Promotions of earlier ones aren't
 * imported.
 */
const HISTORY_ENTRIES = 10;

/** A revision that may be looked up, and where it belongs. */
interface RevisionReference {
  repoUrl: string | undefined;
  revision: string;
  sourceIndex: number;
  historyId?: number;
}

/**
 * Revisions whose metadata is missing: those that the application was observed
 * out of sync with, and those of the history entries from which promotions are
 * imported. Needed after a restart, which may have lost requests for them.
 *
 * @public
 */
export function unresolvedRevisions(
  state: DeliveryState,
): UnresolvedRevision[] {
  return [...unresolvedByKey(state).values()];
}

/**
 * Revisions whose metadata is missing now and wasn't needed before.
 *
 * @internal
 */
export function newlyUnresolved(
  before: DeliveryState,
  after: DeliveryState,
): UnresolvedRevision[] {
  if (
    before.memory.revisions === after.memory.revisions &&
    before.memory.dryRevisions === after.memory.dryRevisions &&
    before.application?.history.length === after.application?.history.length &&
    before.application?.history.at(-1)?.id ===
      after.application?.history.at(-1)?.id
  ) {
    return [];
  }
  const already = unresolvedByKey(before);
  return [...unresolvedByKey(after)]
    .filter(([key]) => !already.has(key))
    .map(([, revision]) => revision);
}

function unresolvedByKey(
  state: DeliveryState,
): Map<string, UnresolvedRevision> {
  const unresolved = new Map<string, UnresolvedRevision>();
  const { application, goneAt } = state;
  if (!application || goneAt) {
    return unresolved;
  }
  const known = new Set(state.revisions.map(revisionKey));
  const isMultiSource = application.sources.length > 1;
  for (const reference of referencedRevisions(state, application)) {
    const { repoUrl, revision, sourceIndex, historyId } = reference;
    const isChart = application.sources[sourceIndex]?.chart !== undefined;
    const key = revisionKey(reference);
    if (repoUrl && !isChart && isCommitId(revision) && !known.has(key)) {
      unresolved.set(key, {
        kind: 'resolve-revision',
        repoUrl,
        revision,
        ...(isMultiSource && { sourceIndex }),
        ...(isMultiSource && historyId !== undefined && { historyId }),
      });
    }
  }
  return unresolved;
}

function referencedRevisions(
  state: DeliveryState,
  application: Application,
): RevisionReference[] {
  return [
    ...state.memory.revisions.map(head => ({
      ...head,
      revision: writtenRevision(state.memory, head.revision),
    })),
    ...importedHistory(state, application).flatMap(
      ({ id, revisions, sources }) =>
        revisions.map((revision, sourceIndex) => ({
          repoUrl: sources[sourceIndex]?.repoUrl,
          revision: writtenRevision(state.memory, revision),
          sourceIndex,
          historyId: id,
        })),
    ),
  ];
}

/**
 * The latest entries. For an application without images that could be promoted,
 * only the last one, which pages show.
 */
function importedHistory(
  { imageUpdaters }: DeliveryState,
  application: Application,
): ApplicationHistoryEntry[] {
  const { history } = application;
  const hasImages = repositoriesOf(application, imageUpdaters).length > 0;
  return history.slice(hasImages ? -HISTORY_ENTRIES : -1);
}

function revisionKey({
  repoUrl,
  revision,
}: Pick<RevisionReference, 'repoUrl' | 'revision'>): string {
  return `${revision} ${repoUrl}`;
}
