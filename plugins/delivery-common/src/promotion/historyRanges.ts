import type {
  Application,
  ApplicationHistoryEntry,
} from '../model/application';
import type { CommitRange } from './commitRanges';
import { writtenRevision } from './dryRevisions';
import { isCommitId } from './revisions';
import type { ReducerMemory } from './types';

/**
 * How many of the latest entries are asked about that were deployed before the
 * application was first observed: each costs requests to the Git host, and a new
 * installation observes all applications at once.
 */
const ENTRIES = 3;

/**
 * The ranges that led to the latest entries of the history from before the
 * application was first observed. Nobody saw their heads.
 *
 * @internal
 */
export function importedRanges(
  { history }: Application,
  memory: ReducerMemory,
): CommitRange[] {
  const { firstSeenAt } = memory;
  return history
    .filter(
      ({ deployedAt }) =>
        firstSeenAt !== undefined &&
        Date.parse(deployedAt) < Date.parse(firstSeenAt),
    )
    .slice(-ENTRIES)
    .flatMap(entry => rangesOfEntry(history, memory, entry));
}

/**
 * The revisions between the deployment before an entry of the history and the
 * entry, per Git source that changed. Empty for the first entry that is kept.
 *
 * @internal
 */
export function rangesOfEntry(
  history: readonly ApplicationHistoryEntry[],
  memory: ReducerMemory,
  { id, revisions, sources }: ApplicationHistoryEntry,
): CommitRange[] {
  const before = history.findLast(other => other.id < id);
  return revisions.flatMap((revision, index) => {
    const source = sources[index];
    const former = before?.revisions[index];
    const isRange =
      source !== undefined &&
      source.chart === undefined &&
      before?.sources[index]?.repoUrl === source.repoUrl &&
      former !== undefined &&
      former !== revision &&
      isCommitId(former) &&
      isCommitId(revision);
    return isRange
      ? [
          {
            repoUrl: source.repoUrl,
            from: writtenRevision(memory, former),
            to: writtenRevision(memory, revision),
          },
        ]
      : [];
  });
}
