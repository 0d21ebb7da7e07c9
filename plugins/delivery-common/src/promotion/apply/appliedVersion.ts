import { sameReference } from '../../images';
import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type { ImageVersion } from '../../model/promotion';
import { parameterVersion } from '../applicationVersions';
import { finishedHistory } from '../history';
import type { ObservedRepository } from '../observedRepository';
import { isAssessedSinceOperation, isRunning } from '../operations';
import { syncEntry } from './syncEntry';

/** How long after a sync its first new pod may appear. */
const PODS_FOLLOW_MS = 600_000;

/**
 * A repository of a newly observed application, with the versions that the
 * operation applied.
 *
 * @internal
 */
export interface AppliedRepository extends ObservedRepository {
  /** Versions in the result of the operation, if it succeeded since the last observation. */
  results: ImageVersion[];
}

/**
 * A version that was found to be applied.
 *
 * @internal
 */
export interface AppliedVersion {
  version: ImageVersion;
  /** All versions of the repository that were applied together. */
  all: ImageVersion[];
  /** The history entry of the sync that applied it, if there is one. */
  entry?: ApplicationHistoryEntry;
  /** The latest operation applied it. */
  byOperation: boolean;
  /** The version is in the parameters of the application's own sources. */
  parameters: boolean;
}

/**
 * The version that a sync applied since the last observation; undefined if it
 * applied nothing new of the repository.
 *
 * @internal
 */
export function syncedVersion(
  context: AppliedRepository,
): AppliedVersion | undefined {
  return context.results.length
    ? versionByOperation(context)
    : versionByHistory(context);
}

function versionByOperation(
  context: AppliedRepository,
): AppliedVersion | undefined {
  const { draft, application, repository, results } = context;
  const { target, applied } = draft.repositoryMemory(repository);
  const isPartial = application.operation?.partial ?? false;
  const keepsTarget =
    target !== undefined &&
    results.some(version => sameReference(version, target.version));
  const fresh = results.find(version => !includes(applied, version));
  const keepsAny = results.some(version => includes(applied, version));
  if (isPartial && (keepsTarget || keepsAny)) {
    return undefined;
  }
  if (!isPartial && keepsTarget && !fresh) {
    draft.remember(repository, { applied: results });
    return undefined;
  }
  return appliedBy(context, fresh ?? results[0], {
    all: results,
    byOperation: true,
  });
}

/**
 * From the parameters of a new history entry, else from the pods that appeared
 * with it.
 */
function versionByHistory(
  context: AppliedRepository,
): AppliedVersion | undefined {
  const { draft, application, repository, pods } = context;
  const {
    target,
    applied,
    leftover = [],
    historyId,
  } = draft.repositoryMemory(repository);
  const entry = syncEntry(application, historyId, false);
  if (!entry || isRunning(application.operation)) {
    return undefined;
  }
  const parameter = parameterVersion(application, entry.sources, repository);
  if (parameter) {
    return includes(applied, parameter)
      ? undefined
      : appliedBy(context, parameter, { all: [parameter], byOperation: false });
  }
  const appeared = pods.filter(
    pod => !includes(applied, pod) && !includes(leftover, pod),
  );
  // If the first observation shows several versions, any may be the one being
  // replaced.
  return appeared.length === 1 && (target || pods.length === 1)
    ? appliedBy(context, appeared[0], { all: appeared, byOperation: false })
    : undefined;
}

function appliedBy(
  { draft, application, repository }: AppliedRepository,
  version: ImageVersion,
  { all, byOperation }: Pick<AppliedVersion, 'all' | 'byOperation'>,
): AppliedVersion {
  const { target, historyId } = draft.repositoryMemory(repository);
  const last = syncEntry(application, historyId, byOperation);
  const inEntry =
    last && parameterVersion(application, last.sources, repository);
  const parameters = inEntry !== undefined && sameReference(inEntry, version);
  // A partial sync can apply parameters that were set after the last full sync.
  const isOfLaterParameters =
    byOperation &&
    application.operation?.partial === true &&
    (inEntry
      ? !parameters
      : parameterVersion(application, application.sources, repository) !==
        undefined);
  const entry =
    target || !parameters
      ? last
      : firstEntryWith(application, repository, version);
  return {
    version,
    all,
    ...(!isOfLaterParameters && { entry }),
    byOperation,
    parameters,
  };
}

/**
 * The first of the latest consecutive history entries that have a version in
 * their parameters.
 */
function firstEntryWith(
  application: Application,
  repository: string,
  version: ImageVersion,
): ApplicationHistoryEntry | undefined {
  const entries = finishedHistory(application);
  const other = entries.findLastIndex(({ sources }) => {
    const parameter = parameterVersion(application, sources, repository);
    return !parameter || !sameReference(parameter, version);
  });
  return entries[other + 1] ?? entries.at(-1);
}

/**
 * The version that pods run although no sync applied it, because somebody changed
 * them without Argo CD.
 *
 * @internal
 */
export function driftedVersion({
  draft,
  application,
  repository,
  pods,
}: AppliedRepository): AppliedVersion | undefined {
  const {
    applied,
    leftover = [],
    live,
    target,
  } = draft.repositoryMemory(repository);
  const isDrift =
    pods.length === 1 &&
    // Of a version that was never live, the pods may not have started yet.
    (live !== undefined || target === undefined) &&
    // Pods can keep the former version for long, for example with OnDelete
    // updates.
    !(live && sameReference(live.version, pods[0])) &&
    !includes(applied, pods[0]) &&
    !includes(leftover, pods[0]) &&
    application.health.status === 'Healthy' &&
    isAssessedSinceOperation(application);
  return isDrift
    ? { version: pods[0], all: pods, byOperation: false, parameters: false }
    : undefined;
}

/**
 * Marks history entries that didn't change the version as accounted for, so that
 * a later change of the pods isn't attributed to them.
 *
 * @internal
 */
export function accountForHistory({
  draft,
  application,
  repository,
  pods,
  results,
}: AppliedRepository): void {
  const { target, historyId, applied } = draft.repositoryMemory(repository);
  const last = finishedHistory(application).at(-1);
  if (!target || !last || (historyId !== undefined && last.id <= historyId)) {
    return;
  }
  const isSettled =
    application.health.status === 'Healthy' &&
    application.sync.status === 'Synced' &&
    isAssessedSinceOperation(application) &&
    pods.every(pod => includes(applied, pod)) &&
    !mayPodsFollow(application, last);
  if (results.length || isSettled) {
    draft.remember(repository, { historyId: last.id });
  }
}

/**
 * Whether pods of a new version may still appear after a sync. Argo CD reports
 * no images for resources of operators, and calls them Healthy if it can't
 * assess them.
 */
function mayPodsFollow(
  { operation, reconciledAt }: Application,
  { deployedAt }: ApplicationHistoryEntry,
): boolean {
  return (
    operation !== undefined &&
    operation.images.length === 0 &&
    reconciledAt !== undefined &&
    Date.parse(reconciledAt) - Date.parse(deployedAt) < PODS_FOLLOW_MS
  );
}

function includes(versions: ImageVersion[], version: ImageVersion): boolean {
  return versions.some(other => sameReference(other, version));
}
