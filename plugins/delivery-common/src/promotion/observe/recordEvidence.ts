import { sameReference } from '../../images';
import type { Application } from '../../model/application';
import type { ApplicationObserved } from '../../model/observation';
import type { ImageVersion } from '../../model/promotion';
import {
  parameterVersions,
  versionsByRepository,
} from '../applicationVersions';
import { recordDryRevision } from '../dryRevisions';
import { isRunning } from '../operations';
import type { PromotionDraft } from '../PromotionDraft';
import { formerRevision } from './formerRevision';
import type {
  ObservedOperation,
  ObservedRevision,
  ObservedVersion,
} from '../types';

/**
 * Number of revisions per source, and of versions per repository, to remember.
 */
const REVISIONS_KEPT = 24;
const VERSIONS_KEPT = 6;

/** When and in which order something was first observed. */
interface Moment {
  at: string;
  position: number;
}

/** A version that an observation shows, and the revision that contains it. */
interface ShownVersion {
  repository: string;
  version: ImageVersion;
  revision?: string;
}

/**
 * Remembers what an application shows for the first time: the revisions that it
 * is to be synced to, the versions in its parameters, and its operation.
 *
 * @internal
 */
export function recordEvidence(
  draft: PromotionDraft,
  { application, seenAt }: ApplicationObserved,
): void {
  recordDryRevision(draft, application);
  const before = draft.memory;
  const moment = { at: seenAt, position: draft.nextPosition };
  const revisions = withHeadRevisions(draft, application, moment);
  const versions = withShownVersions(
    before.versions,
    [
      ...parametersShown(draft, application),
      ...operationShown(draft, application),
    ],
    revisions,
    moment,
  );
  const operation = newOperation(before.operation, application, moment);
  draft.memory = {
    ...before,
    revisions:
      revisions.length === before.revisions.length
        ? before.revisions
        : latestOfEach(revisions, REVISIONS_KEPT, r => r.sourceIndex),
    versions:
      versions.length === before.versions.length
        ? before.versions
        : latestOfEach(versions, VERSIONS_KEPT, v => v.repository),
    ...(operation && { operation }),
  };
}

function withHeadRevisions(
  draft: PromotionDraft,
  application: Application,
  moment: Moment,
): ObservedRevision[] {
  const { sources, sync } = application;
  const revisions = [...draft.memory.revisions];
  // With the status Unknown, Argo CD can give a branch name instead of a
  // revision.
  if (sync.status !== 'OutOfSync') {
    return revisions;
  }
  sync.revisions.forEach((revision, sourceIndex) => {
    const last = revisions.findLast(r => r.sourceIndex === sourceIndex);
    const repoUrl = sources[sourceIndex]?.repoUrl ?? '';
    if (last?.revision !== revision || last.repoUrl !== repoUrl) {
      const from = formerRevision(draft, application, sourceIndex, revision);
      revisions.push({
        repoUrl,
        revision,
        ...(from && { from }),
        sourceIndex,
        ...moment,
      });
    }
  });
  return revisions;
}

function parametersShown(
  draft: PromotionDraft,
  { sources, annotations, images, operation }: Application,
): ShownVersion[] {
  const repositories = new Set([
    ...Object.keys(draft.memory.repositories),
    ...versionsByRepository(images).keys(),
    ...versionsByRepository(operation?.images ?? []).keys(),
  ]);
  const parameters = parameterVersions(sources, annotations, repositories);
  return [...parameters].map(([repository, version]) => ({
    repository,
    version,
  }));
}

/** While it runs, and when it fails, an operation shows what its revision contains. */
function operationShown(
  draft: PromotionDraft,
  { operation, sync }: Application,
): ShownVersion[] {
  if (
    !operation ||
    operation.dryRun ||
    operation.partial ||
    operation.phase === 'Succeeded' ||
    operation.revisions.length !== 1 ||
    operation.revisions[0] !== sync.revisions[0]
  ) {
    return [];
  }
  const [revision] = operation.revisions;
  return [...versionsByRepository(operation.images)].flatMap(
    ([repository, all]) => {
      const { applied } = draft.repositoryMemory(repository);
      const version = all.find(v => !applied.some(a => sameReference(a, v)));
      return version ? [{ repository, version, revision }] : [];
    },
  );
}

function withShownVersions(
  known: ObservedVersion[],
  shown: ShownVersion[],
  revisions: ObservedRevision[],
  moment: Moment,
): ObservedVersion[] {
  const versions = [...known];
  for (const { repository, version, revision } of shown) {
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
      const { at, position } = head ?? moment;
      versions.push({
        repository,
        version,
        at,
        position,
        ...(revision && { revision, sourceIndex: 0 }),
      });
    }
  }
  return versions;
}

/** Undefined if the operation is already known, or there is none. */
function newOperation(
  known: ObservedOperation | undefined,
  { operation }: Application,
  { position }: Moment,
): ObservedOperation | undefined {
  // Two operations can start in the same second, one after the other.
  const isNew =
    operation &&
    (operation.startedAt !== known?.startedAt ||
      (known.finished && isRunning(operation)));
  return isNew
    ? { startedAt: operation.startedAt, position, finished: false }
    : undefined;
}

/** The latest few of each kind, in order. */
function latestOfEach<T>(
  items: T[],
  limit: number,
  kindOf: (item: T) => unknown,
): T[] {
  const counts = new Map<unknown, number>();
  const kept = items.toReversed().filter(item => {
    const kind = kindOf(item);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= limit;
  });
  return kept.reverse();
}
