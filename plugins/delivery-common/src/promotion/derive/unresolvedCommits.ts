import type { Application } from '../../model/application';
import { repositoriesOf } from '../applicationVersions';
import {
  commitsIn,
  rangeOfHead,
  rangeOfRollout,
  type CommitRange,
} from '../commitRanges';
import { committedChange } from '../committedChange';
import { importedRanges } from '../historyRanges';
import { PromotionDraft } from '../PromotionDraft';
import { sourcePaths } from '../sourcePaths';
import type { DeliveryState, UnresolvedCommits } from '../types';
import { knownRevision } from '../versionEvidence';

/**
 * Ranges whose commits are missing now and weren't needed before.
 *
 * @internal
 */
export function newlyUnresolvedCommits(
  before: DeliveryState,
  after: DeliveryState,
): UnresolvedCommits[] {
  if (
    before.memory.revisions === after.memory.revisions &&
    before.memory.runs === after.memory.runs &&
    before.memory.dryRevisions === after.memory.dryRevisions &&
    before.revisions === after.revisions
  ) {
    return [];
  }
  const already = unresolvedByKey(before);
  return [...unresolvedByKey(after)]
    .filter(([key]) => !already.has(key))
    .map(([, unresolved]) => unresolved);
}

function unresolvedByKey(state: DeliveryState): Map<string, UnresolvedCommits> {
  const unresolved = new Map<string, UnresolvedCommits>();
  const { application, goneAt, memory, imageUpdaters } = state;
  if (!application || goneAt) {
    return unresolved;
  }
  const ranges = [
    ...memory.revisions.map(head => rangeOfHead(memory, head)),
    ...memory.runs.flatMap(rollout =>
      rollout.revisions.map((_, sourceIndex) =>
        rangeOfRollout(application, memory, rollout, sourceIndex),
      ),
    ),
    ...importedRanges(application, memory),
  ].filter(range => range !== undefined);
  const draft = new PromotionDraft(state);
  const repositories = repositoriesOf(application, imageUpdaters);
  for (const range of ranges) {
    if (
      isOfSource(application, range) &&
      !commitsIn(draft.commits, range) &&
      isUnexplained(draft, repositories, range)
    ) {
      unresolved.set(`${range.from} ${range.to} ${range.repoUrl}`, {
        kind: 'resolve-commits',
        ...range,
        paths: sourcePaths(writtenSources(application), range.repoUrl),
      });
    }
  }
  return unresolved;
}

/** The dry source is where people write what Argo CD hydrates. */
function writtenSources({ sources, drySource }: Application) {
  return drySource ? [drySource] : sources;
}

function isOfSource({ sources }: Application, { repoUrl }: CommitRange) {
  return sources.some(
    source => source.repoUrl === repoUrl && source.chart === undefined,
  );
}

/**
 * Whether Argo CD has described the revision, and it isn't the commit that
 * changed every image. The Git host is only asked for what Argo CD can't answer.
 */
function isUnexplained(
  draft: PromotionDraft,
  repositories: string[],
  { repoUrl, to }: CommitRange,
): boolean {
  const commit = knownRevision(draft.revisions, repoUrl, to);
  return (
    commit !== undefined &&
    repositories.some(repository => !committedChange(draft, commit, repository))
  );
}
