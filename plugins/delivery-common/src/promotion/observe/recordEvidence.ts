import { sameReference } from '../../images';
import type { ApplicationObserved } from '../../model/observation';
import type { ImageVersion } from '../../model/promotion';
import type { Draft } from '../PromotionDraft';
import {
  isRunning,
  parameterVersions,
  versionsOf,
} from '../applicationVersions';

/** Revisions per source, and versions per repository, that are remembered. */
const REVISIONS_KEPT = 24;
const VERSIONS_KEPT = 6;

/**
 * Notes what an application shows for the first time: revisions that it is to be
 * synced to, versions in its parameters, its operation.
 *
 * @internal
 */
export function noteSightings(
  draft: Draft,
  observed: ApplicationObserved,
): void {
  const { application, seenAt } = observed;
  const { operation, sync } = application;
  const position = draft.nextPosition;
  const before = draft.memory;

  const revisions = [...before.revisions];
  // An unknown status can stand beside a branch's name instead of a revision.
  if (sync.status === 'OutOfSync') {
    sync.revisions.forEach((revision, sourceIndex) => {
      const last = revisions.findLast(r => r.sourceIndex === sourceIndex);
      const repoUrl = application.sources[sourceIndex]?.repoUrl ?? '';
      if (last?.revision !== revision || last.repoUrl !== repoUrl) {
        revisions.push({
          repoUrl,
          revision,
          sourceIndex,
          at: seenAt,
          position,
        });
      }
    });
  }

  const versions = [...before.versions];
  const note = (
    repository: string,
    version: ImageVersion,
    revision?: string,
  ) => {
    const last = versions.findLast(
      v => v.repository === repository && !v.revision === !revision,
    );
    if (
      !last ||
      last.revision !== revision ||
      !sameReference(last.version, version)
    ) {
      const head = revisions.findLast(
        r => r.sourceIndex === 0 && r.revision === revision,
      );
      versions.push({
        repository,
        version,
        at: head?.at ?? seenAt,
        position: head?.position ?? position,
        ...(revision && { revision, sourceIndex: 0 }),
      });
    }
  };
  const { sources, annotations } = application;
  const repositories = new Set([
    ...Object.keys(before.repositories),
    ...versionsOf(application.images).keys(),
    ...versionsOf(operation?.images ?? []).keys(),
  ]);
  for (const [repository, version] of parameterVersions(
    sources,
    annotations,
    repositories,
  )) {
    note(repository, version);
  }
  // While it runs, and when it fails, an operation shows what its revision carries.
  if (
    operation &&
    !operation.dryRun &&
    !operation.partial &&
    operation.phase !== 'Succeeded' &&
    operation.revisions.length === 1 &&
    operation.revisions[0] === sync.revisions[0]
  ) {
    for (const [repository, all] of versionsOf(operation.images)) {
      const { applied } = draft.repository(repository);
      const fresh = all.find(v => !applied.some(a => sameReference(a, v)));
      if (fresh) {
        note(repository, fresh, operation.revisions[0]);
      }
    }
  }

  draft.memory = {
    ...before,
    revisions:
      revisions.length === before.revisions.length
        ? before.revisions
        : latest(revisions, REVISIONS_KEPT, r => r.sourceIndex),
    versions:
      versions.length === before.versions.length
        ? before.versions
        : latest(versions, VERSIONS_KEPT, v => v.repository),
  };
  // Two operations can start in the same second, one after the other.
  const isNewOperation =
    operation &&
    (operation.startedAt !== before.operation?.startedAt ||
      (before.operation.finished && isRunning(operation)));
  if (isNewOperation) {
    draft.memory.operation = {
      startedAt: operation.startedAt,
      position,
      finished: false,
    };
  }
}

/** The latest few of each kind, in order. */
function latest<T>(items: T[], limit: number, kind: (item: T) => unknown): T[] {
  const counts = new Map<unknown, number>();
  const kept = items.toReversed().filter(item => {
    const count = (counts.get(kind(item)) ?? 0) + 1;
    counts.set(kind(item), count);
    return count <= limit;
  });
  return kept.reverse();
}
