import { sameVersion } from '../images';
import { evidenceByCommits } from './commitEvidence';
import { committedChange } from './committedChange';
import { writtenRevision } from './dryRevisions';
import type { VersionEvidence } from './evidence';
import type { PromotionDraft } from './PromotionDraft';
import type {
  KnownRevision,
  ObservedRevision,
  ObservedVersion,
  ReducerMemory,
  Rollout,
} from './types';

export type { VersionEvidence } from './evidence';

/**
 * All evidence of the versions of a repository, in the order in which it was
 * first observed.
 *
 * @internal
 */
export function collectEvidence(
  draft: PromotionDraft,
  repository: string,
): VersionEvidence[] {
  const { revisions, versions } = draft.memory;
  return [
    ...evidenceByCommits(draft, repository),
    ...revisions.flatMap(
      revision => evidenceByMessage(draft, repository, revision) ?? [],
    ),
    ...versions
      .filter(version => version.repository === repository)
      .map(version => evidenceByVersion(draft, version)),
  ].sort((a, b) => a.position - b.position);
}

function evidenceByMessage(
  draft: PromotionDraft,
  repository: string,
  { position, at, ...head }: ObservedRevision,
): VersionEvidence | undefined {
  const revision = {
    ...head,
    revision: writtenRevision(draft.memory, head.revision),
  };
  const commit = knownRevision(
    draft.revisions,
    revision.repoUrl,
    revision.revision,
  );
  const change = commit && committedChange(draft, commit, repository);
  return change && { ...change, position, at, revision, commit, exact: true };
}

function evidenceByVersion(
  draft: PromotionDraft,
  observed: ObservedVersion,
): VersionEvidence {
  const { version, position, at } = observed;
  const sourceIndex = observed.sourceIndex ?? 0;
  const repoUrl = draft.application?.sources[sourceIndex]?.repoUrl ?? '';
  const revision = observed.revision && {
    repoUrl,
    revision: writtenRevision(draft.memory, observed.revision),
    sourceIndex,
  };
  const commit =
    revision && knownRevision(draft.revisions, repoUrl, revision.revision);
  return {
    version,
    position,
    at,
    ...(revision && { revision }),
    ...(commit && { commit }),
    exact: false,
    certain: true,
  };
}

/**
 * What is known about a revision.
 *
 * @internal
 */
export function knownRevision(
  revisions: KnownRevision[],
  repoUrl: string,
  revision: string,
): KnownRevision | undefined {
  return revisions.find(
    known => known.revision === revision && known.repoUrl === repoUrl,
  );
}

/**
 * Whether a sync applied a configuration at or after a piece of evidence.
 * Revisions have no order of their own, so they count in the order in which
 * they were observed as head. A revision that was never observed as head counts
 * from when its operation was observed. A rollback goes back, so it covers
 * nothing.
 *
 * @internal
 */
export function covers(
  memory: ReducerMemory,
  sync: { revisions: string[]; position: number; rollback?: boolean },
  evidence: Pick<VersionEvidence, 'position' | 'revision'>,
): boolean {
  if (sync.rollback) {
    return false;
  }
  if (evidence.revision) {
    const { sourceIndex } = evidence.revision;
    const head = memory.revisions.findLast(
      other =>
        other.sourceIndex === sourceIndex &&
        other.revision === sync.revisions[sourceIndex],
    );
    if (head) {
      return head.position >= evidence.position;
    }
  }
  return sync.position >= evidence.position;
}

/**
 * The evidence that led to a rollout: all evidence that it was the first of
 * `rollouts` to cover. If there is none (the same head was synced again, as
 * after a rollback), it is the latest evidence that the rollout covers, unless
 * the configuration has contained another version since.
 *
 * @internal
 */
export function evidenceForRollout(
  memory: ReducerMemory,
  evidence: VersionEvidence[],
  rollouts: Rollout[],
  rollout: Rollout,
): VersionEvidence[] {
  const earlier = rollouts.slice(0, rollouts.indexOf(rollout));
  const covered = evidence.filter(
    item =>
      sameVersion(item.version, rollout.version) &&
      covers(memory, rollout, item),
  );
  const fresh = covered.filter(
    item => !earlier.some(other => covers(memory, other, item)),
  );
  const last = covered.findLast(
    item =>
      !earlier.some(
        other =>
          covers(memory, other, item) &&
          !sameVersion(other.version, item.version),
      ),
  );
  return fresh.length || !last ? fresh : [last];
}

/**
 * Whether a sync that applies the evidence after the `earlier` rollouts (of the
 * same repository, oldest first) undoes a rollback: the version before the last
 * one was rolled back, and the Image Updater committed it again.
 *
 * @internal
 */
export function undoesRollback(
  draft: PromotionDraft,
  earlier: Rollout[],
  evidence: VersionEvidence | undefined,
): boolean {
  const rolledBack = earlier.at(-2);
  return (
    evidence?.exact === true &&
    rolledBack !== undefined &&
    sameVersion(rolledBack.version, evidence.version) &&
    draft.promotion(rolledBack.promotionId)?.outcome === 'rolled-back'
  );
}
