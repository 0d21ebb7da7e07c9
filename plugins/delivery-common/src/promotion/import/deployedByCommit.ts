import type { ApplicationHistoryEntry } from '../../model/application';
import type { ImageVersion } from '../../model/promotion';
import { leavesVersion } from '../commitEvidence';
import { commitsIn } from '../commitRanges';
import { committedChange } from '../committedChange';
import { writtenRevision } from '../dryRevisions';
import { rangesOfEntry } from '../historyRanges';
import type { PromotionDraft } from '../PromotionDraft';
import type { KnownRevision } from '../types';
import { knownRevision } from '../versionEvidence';

/**
 * The version that an entry of the history deployed, by the message of a commit.
 *
 * @internal
 */
export interface DeployedByCommit {
  version: ImageVersion;
  /** The commit that made the change. */
  commit: KnownRevision & { exact: boolean };
  /** The previous version, according to that commit's message. */
  from?: ImageVersion;
}

/**
 * The version that an entry deployed, according to the message of the commit
 * that it was made from, or of one between the entry before it and that.
 *
 * @internal
 */
export function deployedByCommit(
  draft: PromotionDraft,
  repository: string,
  entry: ApplicationHistoryEntry,
): DeployedByCommit | undefined {
  for (const [index, revision] of entry.revisions.entries()) {
    const repoUrl = entry.sources[index]?.repoUrl;
    const known = repoUrl
      ? knownRevision(
          draft.revisions,
          repoUrl,
          writtenRevision(draft.memory, revision),
        )
      : undefined;
    const deployed = known && changeBy(draft, repository, known);
    if (deployed) {
      return deployed;
    }
  }
  return deployedBetween(draft, repository, entry);
}

/** The last change since the deployment before, if nothing can have undone it. */
function deployedBetween(
  draft: PromotionDraft,
  repository: string,
  entry: ApplicationHistoryEntry,
): DeployedByCommit | undefined {
  const { application, memory } = draft;
  const ranges = rangesOfEntry(application?.history ?? [], memory, entry);
  for (const range of ranges) {
    const commits = commitsIn(draft.commits, range) ?? [];
    const last = commits.findLastIndex(commit =>
      committedChange(draft, commit, repository),
    );
    const deployed =
      last >= 0 && leavesVersion(draft, repository, commits.slice(last + 1))
        ? changeBy(draft, repository, {
            repoUrl: range.repoUrl,
            ...commits[last],
          })
        : undefined;
    if (deployed) {
      return deployed;
    }
  }
  return undefined;
}

function changeBy(
  draft: PromotionDraft,
  repository: string,
  commit: KnownRevision,
): DeployedByCommit | undefined {
  const change = committedChange(draft, commit, repository);
  return change?.certain
    ? {
        version: change.version,
        commit: { ...commit, exact: true },
        ...(change.from && { from: change.from }),
      }
    : undefined;
}
