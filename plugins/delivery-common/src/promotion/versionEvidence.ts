import { repositoryPath, sameReference, sameVersion } from '../images';
import type { ImageVersion } from '../model/promotion';
import { parseUpdaterCommit } from '../image-updater/commitMessage';
import { annotatedImages } from '../image-updater/settings/annotatedImages';
import type { PromotionDraft } from './PromotionDraft';
import type {
  KnownRevision,
  ObservedRevision,
  ObservedVersion,
  ReducerMemory,
  Rollout,
} from './types';

/**
 * Evidence that the configuration contains a version of an image, at a position
 * in the order of the application's own observations.
 *
 * @internal
 */
export interface VersionEvidence {
  version: ImageVersion;
  position: number;
  /** When it was first observed; ISO 8601, UTC. */
  at: string;
  /** Absent for parameters of the application itself, which no revision contains. */
  revision?: { repoUrl: string; revision: string; sourceIndex: number };
  /** What is known about the revision. */
  commit?: KnownRevision;
  /**
   * Whether its message shows that the revision is the commit that made the
   * change.
   */
  exact: boolean;
  /** The previous version, according to the commit's message. */
  from?: ImageVersion;
  /**
   * If false, the evidence can show which commit introduced an applied version,
   * but not that the version will be applied.
   */
  certain: boolean;
}

/**
 * A change to one repository, according to a commit's message.
 *
 * @internal
 */
export type CommittedChange = Pick<
  VersionEvidence,
  'version' | 'from' | 'certain'
>;

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
  { position, at, ...revision }: ObservedRevision,
): VersionEvidence | undefined {
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
    revision: observed.revision,
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
 * What a commit changed in a repository for this application, according to its
 * message. The change is certain only if the message names this application,
 * and a single version of an unambiguous image.
 *
 * @internal
 */
export function committedChange(
  draft: PromotionDraft,
  commit: KnownRevision,
  repository: string,
): CommittedChange | undefined {
  const parsed = parseUpdaterCommit(commit.message);
  if (!parsed || (parsed.application ?? draft.ref.name) !== draft.ref.name) {
    return undefined;
  }
  const isOwnPath = (path: string) =>
    path === repositoryPath(repository) ||
    `library/${path}` === repositoryPath(repository);
  const changes = parsed.changes.filter(change => isOwnPath(change.image));
  if (!changes.length) {
    return undefined;
  }
  const [{ to, from }] = changes;
  return {
    version: to,
    ...(from && { from }),
    certain:
      parsed.application !== undefined &&
      isUnambiguousPath(draft, repository) &&
      changes.every(change => sameReference(change.to, to)),
  };
}

/**
 * Whether a path in a commit of the Image Updater can only mean this repository
 * of the application. The candidates are the images in the annotations or,
 * without annotations, the repositories in use.
 */
function isUnambiguousPath(draft: PromotionDraft, repository: string): boolean {
  const listed = annotatedImages(draft.application?.annotations ?? {}).map(
    image => image.repository,
  );
  const inUse = Object.entries(draft.memory.repositories).flatMap(
    ([name, { target }]) => (target ? [name] : []),
  );
  const candidates = (listed.length ? listed : [...inUse, repository]).filter(
    name => repositoryPath(name) === repositoryPath(repository),
  );
  return candidates.length > 0 && candidates.every(name => name === repository);
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
