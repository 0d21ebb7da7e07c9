import type { Application } from '../model/application';
import type { HistoryCommit } from '../model/observation';
import type { PromotionDraft } from './PromotionDraft';
import { writtenRevision } from './dryRevisions';
import type {
  KnownCommits,
  ObservedRevision,
  ReducerMemory,
  Rollout,
} from './types';

/**
 * The revisions between which an application changed: after `from`, up to `to`.
 *
 * @internal
 */
export interface CommitRange {
  repoUrl: string;
  from: string;
  to: string;
}

/**
 * The range that leads to a revision that was observed as head. Undefined if
 * nothing is known from before it.
 *
 * @internal
 */
export function rangeOfHead(
  memory: ReducerMemory,
  { repoUrl, from, revision }: ObservedRevision,
): CommitRange | undefined {
  return from
    ? {
        repoUrl,
        from: writtenRevision(memory, from),
        to: writtenRevision(memory, revision),
      }
    : undefined;
}

/**
 * The range that leads to a revision that was applied before anybody observed it
 * as head: the application was synced too quickly.
 *
 * @internal
 */
export function rangeOfRollout(
  application: Application | undefined,
  memory: ReducerMemory,
  rollout: Rollout,
  sourceIndex: number,
): CommitRange | undefined {
  const { revisions, from, rollback, parameters, position } = rollout;
  const to = revisions[sourceIndex];
  const source = application?.sources[sourceIndex];
  const wasHead = memory.revisions.some(
    head =>
      head.sourceIndex === sourceIndex &&
      head.revision === to &&
      // A rollback makes it the head again.
      head.position <= position,
  );
  return !rollback &&
    !parameters &&
    !wasHead &&
    source &&
    source.chart === undefined &&
    from?.[sourceIndex]
    ? {
        repoUrl: source.repoUrl,
        from: writtenRevision(memory, from[sourceIndex]),
        to: writtenRevision(memory, to),
      }
    : undefined;
}

/**
 * The commits of a range; undefined if they aren't known.
 *
 * @internal
 */
export function commitsIn(
  known: readonly KnownCommits[],
  range: CommitRange | undefined,
): readonly HistoryCommit[] | undefined {
  return range && known.find(other => isSameRange(other, range))?.commits;
}

/** @internal */
export function isSameRange(a: CommitRange, b: CommitRange): boolean {
  return a.to === b.to && a.from === b.from && a.repoUrl === b.repoUrl;
}

/**
 * The latest head that a commit is, or that it leads to.
 *
 * @internal
 */
export function headWithCommit(
  { memory, commits }: PromotionDraft,
  commit: { repoUrl: string; revision: string } | undefined,
): ObservedRevision | undefined {
  return (
    memory.revisions.findLast(
      head => writtenRevision(memory, head.revision) === commit?.revision,
    ) ??
    memory.revisions.findLast(head =>
      commitsIn(commits, rangeOfHead(memory, head))?.some(
        ({ revision }) => revision === commit?.revision,
      ),
    )
  );
}
