import type { Application } from '../../model/application';
import type { PromotionDraft } from '../PromotionDraft';
import { isCommitId } from '../revisions';

/**
 * The revision that a source was compared with before this one: by the previous
 * observation, else by the last head, else the last one that was deployed.
 * Between the two, the configuration changed.
 *
 * @internal
 */
export function formerRevision(
  { application: before, memory }: PromotionDraft,
  { sources, history }: Application,
  sourceIndex: number,
  revision: string,
): string | undefined {
  const repoUrl = sources[sourceIndex]?.repoUrl;
  // With the status Unknown, it wasn't compared.
  const compared =
    before?.sync.status !== 'Unknown' &&
    before?.sources[sourceIndex]?.repoUrl === repoUrl
      ? before?.sync.revisions[sourceIndex]
      : undefined;
  const head = memory.revisions.findLast(
    other => other.sourceIndex === sourceIndex && other.repoUrl === repoUrl,
  );
  const deployed = history.findLast(
    entry =>
      entry.sources[sourceIndex]?.repoUrl === repoUrl &&
      entry.revisions[sourceIndex] !== revision,
  );
  return [compared, head?.revision, deployed?.revisions[sourceIndex]].find(
    former => former && former !== revision && isCommitId(former),
  );
}
