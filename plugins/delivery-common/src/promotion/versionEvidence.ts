import { repositoryPath, sameReference, sameVersion } from '../images';
import type { ImageVersion } from '../model/promotion';
import { parseUpdaterCommit, updaterImages } from '../updater';
import type { Draft } from './PromotionDraft';
import type { KnownRevision, ReducerMemory, Run } from './types';

/**
 * Evidence that the configuration carries a version of an image, at a place in
 * the order of the application's own observations.
 *
 * @internal
 */
export interface Carrier {
  version: ImageVersion;
  position: number;
  /** First sight; ISO 8601, UTC. */
  at: string;
  /** Absent: parameters of the application itself, which no revision brought. */
  revision?: { repoUrl: string; revision: string; sourceIndex: number };
  /** What is known of the revision. */
  commit?: KnownRevision;
  /** The revision is the commit that made the change, as it says itself. */
  exact: boolean;
  /** What the commit says was before. */
  from?: ImageVersion;
  /** False: shows which commit brought a version that is applied, but not that it will be. */
  certain: boolean;
}

/**
 * All carriers of a repository, in the order in which they were first seen.
 *
 * @internal
 */
export function carriersOf(draft: Draft, repository: string): Carrier[] {
  const carriers: Carrier[] = [];
  for (const seen of draft.memory.revisions) {
    const commit = knownRevision(draft.revisions, seen.repoUrl, seen.revision);
    const change = commit && changeOf(draft, commit, repository);
    if (change) {
      const { position, at, ...revision } = seen;
      carriers.push({
        ...change,
        position,
        at,
        revision,
        commit,
        exact: true,
      });
    }
  }
  for (const seen of draft.memory.versions) {
    if (seen.repository === repository) {
      const { version, position, at } = seen;
      const sourceIndex = seen.sourceIndex ?? 0;
      const repoUrl = draft.application?.sources[sourceIndex]?.repoUrl ?? '';
      const revision = seen.revision && {
        repoUrl,
        revision: seen.revision,
        sourceIndex,
      };
      const commit =
        revision && knownRevision(draft.revisions, repoUrl, revision.revision);
      carriers.push({
        version,
        position,
        at,
        ...(revision && { revision }),
        ...(commit && { commit }),
        exact: false,
        certain: true,
      });
    }
  }
  return carriers.sort((a, b) => a.position - b.position);
}

/**
 * What a commit says that it changed of a repository for this application; it is
 * certain only if the commit was made for this application, and names one
 * version of one image.
 *
 * @internal
 */
export function changeOf(
  draft: Draft,
  commit: KnownRevision,
  repository: string,
): Pick<Carrier, 'version' | 'from' | 'certain'> | undefined {
  const parsed = parseUpdaterCommit(commit.message);
  if (!parsed || (parsed.application ?? draft.ref.name) !== draft.ref.name) {
    return undefined;
  }
  const isPath = (path: string) =>
    path === repositoryPath(repository) ||
    `library/${path}` === repositoryPath(repository);
  const changes = parsed.changes.filter(change => isPath(change.image));
  if (!changes.length) {
    return undefined;
  }
  const [{ to, from }] = changes;
  return {
    version: to,
    ...(from && { from }),
    certain:
      parsed.application !== undefined &&
      isOnlyOneMeant(draft, repository) &&
      changes.every(change => sameReference(change.to, to)),
  };
}

/**
 * Whether a path in a commit of the updater can mean no other repository of the
 * application: of those that it has in its annotations, else of those in use.
 */
function isOnlyOneMeant(draft: Draft, repository: string): boolean {
  const listed = updaterImages(draft.application?.annotations ?? {}).map(
    image => image.repository,
  );
  const inUse = Object.entries(draft.memory.repositories).flatMap(
    ([name, { target }]) => (target ? [name] : []),
  );
  const namesakes = (listed.length ? listed : [...inUse, repository]).filter(
    name => repositoryPath(name) === repositoryPath(repository),
  );
  return namesakes.every(name => name === repository) && namesakes.length > 0;
}

/** @internal */
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
 * Whether a sync was of a configuration at or after a carrier. Revisions have no
 * order of their own: it is the order in which they were seen as head. What was
 * never seen as head counts from when its operation was seen. A rollback goes
 * back, so it is after nothing.
 *
 * @internal
 */
export function covers(
  memory: ReducerMemory,
  sync: { revisions: string[]; position: number; rollback?: boolean },
  carrier: Pick<Carrier, 'position' | 'revision'>,
): boolean {
  if (sync.rollback) {
    return false;
  }
  if (carrier.revision) {
    const { sourceIndex } = carrier.revision;
    const seen = memory.revisions.findLast(
      other =>
        other.sourceIndex === sourceIndex &&
        other.revision === sync.revisions[sourceIndex],
    );
    if (seen) {
      return seen.position >= carrier.position;
    }
  }
  return sync.position >= carrier.position;
}

/**
 * The carriers that brought the version of a run: those that it was the first
 * run to cover; when there is none (the same head was synced again, as after a
 * rollback) the latest one that it covers, unless the configuration was seen to
 * carry another version since.
 *
 * @internal
 */
export function carriersOfRun(
  memory: ReducerMemory,
  carriers: Carrier[],
  runs: Run[],
  run: Run,
): Carrier[] {
  const earlier = runs.slice(0, runs.indexOf(run));
  const covered = carriers.filter(
    carrier =>
      sameVersion(carrier.version, run.version) && covers(memory, run, carrier),
  );
  const fresh = covered.filter(
    carrier => !earlier.some(other => covers(memory, other, carrier)),
  );
  const last = covered.findLast(
    carrier =>
      !earlier.some(
        other =>
          covers(memory, other, carrier) &&
          !sameVersion(other.version, carrier.version),
      ),
  );
  return fresh.length || !last ? fresh : [last];
}

/**
 * Whether a carrier, if a sync applies it after `earlier` runs (of the same
 * repository, in order), puts back what the last of them had rolled back: the
 * version before it ended as rolled back, and the Image Updater says in its
 * commit that it made the change.
 *
 * @internal
 */
export function undoesRollback(
  draft: Draft,
  earlier: Run[],
  carrier: Carrier | undefined,
): boolean {
  const rolledBack = earlier.at(-2);
  return (
    carrier?.exact === true &&
    rolledBack !== undefined &&
    sameVersion(rolledBack.version, carrier.version) &&
    draft.promotion(rolledBack.promotionId)?.outcome === 'rolled-back'
  );
}
