import { sameReference } from '../../images';
import type { Application } from '../../model/application';
import type { ApplicationObserved } from '../../model/observation';
import type { ImageVersion } from '../../model/promotion';
import type { Draft } from '../PromotionDraft';
import {
  finishedHistory,
  isAssessedSinceOperation,
  isFailed,
  isRunning,
  parameterVersions,
  versionsOf,
  type Versions,
} from '../applicationVersions';
import { entryOfSync, startRun, type Applied } from './startRollout';

/** Failed operations that are remembered. */
const FAILURES_KEPT = 8;

/**
 * Finds what was applied since the last observation, and starts its run. The
 * images of the operation's own result are the best evidence, then parameters of
 * a new history entry, then live pods after a new history entry. Pods that run
 * something else than was applied, for good and without a sync, were changed
 * past Argo CD: that is a run too, without a sync.
 *
 * @internal
 */
export function findApplied(draft: Draft, observed: ApplicationObserved): void {
  const { application, seenAt } = observed;
  const { operation } = application;
  const live = versionsOf(application.images);
  const isFinishing =
    operation !== undefined &&
    !isRunning(operation) &&
    draft.memory.operation?.finished === false;
  const byOperation: Versions =
    isFinishing && operation.phase === 'Succeeded' && !operation.dryRun
      ? versionsOf(operation.images)
      : new Map();
  const repositories = new Set([
    ...live.keys(),
    ...byOperation.keys(),
    ...Object.keys(draft.memory.repositories),
  ]);
  for (const repository of repositories) {
    const pods = live.get(repository) ?? [];
    const images = byOperation.get(repository) ?? [];
    applySync(draft, application, repository, images, pods, seenAt);
    applyDrift(draft, application, repository, pods, seenAt);
    accountHistory(draft, application, repository, images, pods);
  }
  if (isFinishing && draft.memory.operation) {
    draft.memory = {
      ...draft.memory,
      operation: { ...draft.memory.operation, finished: true },
    };
    if (isFailed(operation) && !operation.dryRun) {
      const { revisions, startedAt, finishedAt, message } = operation;
      const { position } = draft.memory.operation ?? { position: 0 };
      const failure = {
        revisions,
        startedAt,
        ...(finishedAt && { finishedAt }),
        ...(message && { message }),
        position,
      };
      const failures = [...draft.memory.failures, failure];
      draft.memory = {
        ...draft.memory,
        failures: failures.slice(-FAILURES_KEPT),
      };
    }
  }
}

function applySync(
  draft: Draft,
  application: Application,
  repository: string,
  images: ImageVersion[],
  pods: ImageVersion[],
  seenAt: string,
): void {
  const memory = draft.repository(repository);
  const { target, applied } = memory;
  const isNew = (version: ImageVersion) =>
    !applied.some(other => sameReference(other, version));
  const isPartial = application.operation?.partial ?? false;

  if (images.length) {
    const keeps =
      target && images.some(image => sameReference(image, target.version));
    const fresh = images.find(isNew);
    if (isPartial ? keeps || images.some(v => !isNew(v)) : keeps && !fresh) {
      if (!isPartial) {
        draft.remember(repository, { applied: images });
      }
      return;
    }
    start(fresh ?? images[0], images, true);
    return;
  }

  const entry = entryOfSync(application, memory.historyId, false);
  if (!entry || isRunning(application.operation)) {
    return;
  }
  const parameter = parametersOf(application, entry.sources, repository);
  if (parameter) {
    if (isNew(parameter)) {
      start(parameter, [parameter], false);
    }
    return;
  }
  const appeared = pods.filter(isNew);
  // With several at first sight it can't be told which one is on its way out.
  if (appeared.length === 1 && (target || pods.length === 1)) {
    start(appeared[0], appeared, false);
  }

  function start(
    version: ImageVersion,
    all: ImageVersion[],
    byOperation: boolean,
  ) {
    const { historyId } = memory;
    const last = entryOfSync(application, historyId, byOperation);
    const stands = last && parametersOf(application, last.sources, repository);
    const parameters = stands !== undefined && sameReference(stands, version);
    // A partial sync can be of parameters that came after the last full one.
    const now = parametersOf(application, application.sources, repository);
    const isOther =
      byOperation && isPartial && (stands ? !parameters : now !== undefined);
    const brought =
      target || !parameters
        ? last
        : firstWith(application, repository, version);
    startRun(
      draft,
      application,
      repository,
      {
        version,
        all,
        ...(!isOther && { entry: brought }),
        byOperation,
        parameters,
      } satisfies Applied,
      seenAt,
    );
  }
}

/** The first of the latest history entries that all have a version in their parameters. */
function firstWith(
  application: Application,
  repository: string,
  version: ImageVersion,
) {
  const entries = finishedHistory(application);
  let first = entries[entries.length - 1];
  for (const entry of entries.toReversed()) {
    const parameter = parametersOf(application, entry.sources, repository);
    if (!parameter || !sameReference(parameter, version)) {
      break;
    }
    first = entry;
  }
  return first;
}

function parametersOf(
  application: Application,
  sources: Application['sources'],
  repository: string,
): ImageVersion | undefined {
  return parameterVersions(sources, application.annotations, [repository]).get(
    repository,
  );
}

function applyDrift(
  draft: Draft,
  application: Application,
  repository: string,
  pods: ImageVersion[],
  seenAt: string,
): void {
  const { applied, live } = draft.repository(repository);
  if (
    pods.length === 1 &&
    // Pods can stay at the former version for long, as with OnDelete updates.
    !(live && sameReference(live.version, pods[0])) &&
    !applied.some(version => sameReference(version, pods[0])) &&
    application.health.status === 'Healthy' &&
    isAssessedSinceOperation(application)
  ) {
    startRun(
      draft,
      application,
      repository,
      { version: pods[0], all: pods, byOperation: false, parameters: false },
      seenAt,
    );
  }
}

/**
 * Entries of the history that didn't change the version are accounted for, so
 * that a later change of the pods isn't taken for their doing.
 */
function accountHistory(
  draft: Draft,
  application: Application,
  repository: string,
  images: ImageVersion[],
  pods: ImageVersion[],
): void {
  const { target, historyId, applied } = draft.repository(repository);
  const last = finishedHistory(application).at(-1);
  if (!target || !last || (historyId !== undefined && last.id <= historyId)) {
    return;
  }
  const isSettled =
    application.health.status === 'Healthy' &&
    application.sync.status === 'Synced' &&
    isAssessedSinceOperation(application) &&
    pods.every(pod => applied.some(version => sameReference(version, pod)));
  if (images.length || isSettled) {
    draft.remember(repository, { historyId: last.id });
  }
}
