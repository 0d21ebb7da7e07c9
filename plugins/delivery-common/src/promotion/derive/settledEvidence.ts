import { sameVersion } from '../../images';
import { versionsByRepository } from '../applicationVersions';
import { startRollout } from '../apply/startRollout';
import { finishedHistory } from '../history';
import type { PromotionDraft } from '../PromotionDraft';
import { covers, type VersionEvidence } from '../versionEvidence';

/**
 * Whether Argo CD has called the application Synced and Healthy for a while
 * since a piece of evidence was observed.
 *
 * @internal
 */
export function isSettled(
  { memory }: PromotionDraft,
  { position }: VersionEvidence,
): boolean {
  return memory.settled !== undefined && position <= memory.settled.position;
}

/**
 * Starts the rollout of the version that the configuration contains, if the
 * application is settled and no sync, history or pod has shown that version:
 * Argo CD reports no images for some resources, and there may be no pods. Pods
 * of other versions show that the evidence was wrong.
 *
 * @internal
 * @returns whether a rollout was started
 */
export function applySettled(
  draft: PromotionDraft,
  repository: string,
  evidence: VersionEvidence[],
): boolean {
  const { application, memory } = draft;
  const last = evidence.findLast(({ certain }) => certain);
  if (!application || !memory.settled || !last || !isSettled(draft, last)) {
    return false;
  }
  const { target } = draft.repositoryMemory(repository);
  const pods = versionsByRepository(application.images).get(repository) ?? [];
  const isApplied =
    (target !== undefined && sameVersion(target.version, last.version)) ||
    draft.rolloutsIn(repository).some(one => covers(memory, one, last));
  const isContradicted =
    pods.length > 0 && !pods.some(pod => sameVersion(pod, last.version));
  if (isApplied || isContradicted) {
    return false;
  }
  const entry = finishedHistory(application).at(-1);
  const former = target && draft.promotion(target.id)?.sync?.historyId;
  startRollout(
    { draft, application, repository, pods, seenAt: memory.settled.at },
    {
      version: last.version,
      all: [last.version],
      ...(entry && entry.id !== former && { entry }),
      byOperation: false,
      parameters: !last.revision,
    },
  );
  return true;
}
