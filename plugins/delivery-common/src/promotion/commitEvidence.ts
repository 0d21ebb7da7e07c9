import { parseUpdaterCommit } from '../image-updater/commitMessage';
import type { HistoryCommit } from '../model/observation';
import {
  commitsIn,
  rangeOfHead,
  rangeOfRollout,
  type CommitRange,
} from './commitRanges';
import type { PromotionDraft } from './PromotionDraft';
import { committedChange } from './committedChange';
import type { VersionEvidence } from './evidence';

/** Where in the order of observations the commits of a range belong. */
interface RangePlace {
  range: CommitRange | undefined;
  sourceIndex: number;
  position: number;
  /** When the range was first observed; absent: its commits have dates. */
  at?: string;
  /** Whether the end of the range shows that its versions will be applied. */
  certain: boolean;
}

/**
 * Evidence from commits that never were anybody's head: several commits can land
 * between two comparisons, and in a repository of several applications the head
 * is usually the commit of another one.
 *
 * @internal
 */
export function evidenceByCommits(
  draft: PromotionDraft,
  repository: string,
): VersionEvidence[] {
  const { memory, commits, application } = draft;
  if (commits.length === 0) {
    return [];
  }
  const heads = memory.revisions.map(
    (head): RangePlace => ({
      range: rangeOfHead(memory, head),
      sourceIndex: head.sourceIndex,
      position: head.position,
      at: head.at,
      certain: true,
    }),
  );
  const applied = draft.rolloutsIn(repository).flatMap(rollout =>
    rollout.revisions.map(
      (_, sourceIndex): RangePlace => ({
        range: rangeOfRollout(application, memory, rollout, sourceIndex),
        sourceIndex,
        position: rollout.position,
        certain: false,
      }),
    ),
  );
  return [...heads, ...applied].flatMap(place =>
    evidenceInRange(draft, repository, place),
  );
}

function evidenceInRange(
  draft: PromotionDraft,
  repository: string,
  { range, sourceIndex, position, at, certain }: RangePlace,
): VersionEvidence[] {
  const commits = commitsIn(draft.commits, range) ?? [];
  return commits.flatMap((commit, index): VersionEvidence[] => {
    // The metadata of the head itself is evidence already.
    const change =
      range &&
      !(certain && commit.revision === range.to) &&
      committedChange(draft, commit, repository);
    if (!change) {
      return [];
    }
    const { repoUrl } = range;
    const { revision, date } = commit;
    return [
      {
        ...change,
        position,
        at: at ?? date,
        revision: { repoUrl, revision, sourceIndex },
        commit: { repoUrl, ...commit },
        exact: true,
        certain:
          change.certain &&
          certain &&
          leavesVersion(draft, repository, commits.slice(index + 1)),
      },
    ];
  });
}

/**
 * Whether the version of a repository is still in the configuration after these
 * commits. What somebody else than the Image Updater changed isn't known.
 *
 * @internal
 */
export function leavesVersion(
  draft: PromotionDraft,
  repository: string,
  later: readonly HistoryCommit[],
): boolean {
  return later.every(
    commit =>
      parseUpdaterCommit(commit.message) !== undefined &&
      !committedChange(draft, commit, repository),
  );
}
