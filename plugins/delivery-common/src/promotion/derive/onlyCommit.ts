import { commitsIn, rangeOfHead, rangeOfRollout } from '../commitRanges';
import type { PromotionDraft } from '../PromotionDraft';
import type { KnownRevision, Rollout } from '../types';
import { covers } from '../versionEvidence';

/**
 * The commit that must have made the change of a rollout, whatever its message:
 * since the previous rollout, no other one touched the application's files.
 *
 * @internal
 */
export function onlyCommit(
  {
    draft,
    rollouts,
    rollout,
  }: { draft: PromotionDraft; rollouts: Rollout[]; rollout: Rollout },
  sourceIndex: number,
): KnownRevision | undefined {
  const { memory, application, commits } = draft;
  const before = rollouts[rollouts.indexOf(rollout) - 1];
  const repoUrl = application?.sources[sourceIndex]?.repoUrl;
  if (!before || !repoUrl) {
    return undefined;
  }
  const heads = memory.revisions.filter(head => {
    const item = { position: head.position, revision: head };
    return (
      head.sourceIndex === sourceIndex &&
      head.position <= rollout.position &&
      covers(memory, rollout, item) &&
      !covers(memory, before, item)
    );
  });
  const applied = rangeOfRollout(application, memory, rollout, sourceIndex);
  const ranges = [
    ...heads.map(head => rangeOfHead(memory, head)),
    ...(applied ? [applied] : []),
  ];
  const found = ranges.map(range => commitsIn(commits, range));
  if (found.includes(undefined)) {
    return undefined;
  }
  const byRevision = new Map(
    found.flatMap(some => some ?? []).map(commit => [commit.revision, commit]),
  );
  const [only] = byRevision.values();
  return only && byRevision.size === 1 ? { repoUrl, ...only } : undefined;
}
