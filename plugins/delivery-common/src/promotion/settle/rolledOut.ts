import { sameReference } from '../../images';
import type { Application } from '../../model/application';
import type { ImageVersion, Promotion } from '../../model/promotion';
import { versionsByRepository } from '../applicationVersions';
import type { ObservedRepository } from '../observedRepository';
import { isRunning } from '../operations';

/**
 * How long pods of another version may take to end after Argo CD calls the
 * application Healthy. Kubernetes gives a pod 30 seconds by default.
 */
const REPLACED_PODS_MS = 60_000;

/**
 * The same while no pod runs the applied version yet. Argo CD calls resources
 * Healthy whose health it can't assess, so their pods may still be replaced. A
 * Deployment has 10 minutes by default.
 */
const FIRST_POD_MS = 600_000;

/**
 * Whether the pods show that a version is rolled out. At best, they run nothing
 * but what was applied. Otherwise, the application has been Healthy for a while
 * since: another controller, a finished Job or an update strategy keeps pods of
 * other versions, or there are none, as for a CronJob or at scale zero.
 *
 * @internal
 */
export function isRolledOut(
  context: ObservedRepository,
  promotion: Promotion,
): boolean {
  const { draft, application, repository, pods } = context;
  const { applied, target } = draft.repositoryMemory(repository);
  const runsTarget =
    target !== undefined &&
    pods.some(pod => sameReference(pod, target.version));
  if (runsTarget && pods.every(pod => includes(applied, pod))) {
    return true;
  }
  if (!pods.length && isLeftOut(application, repository)) {
    return false;
  }
  const settledFor = settledMs(application, promotion);
  const limit = runsTarget || !pods.length ? REPLACED_PODS_MS : FIRST_POD_MS;
  return settledFor !== undefined && settledFor >= limit;
}

/**
 * Whether the latest operation applied images, but none of the repository: the
 * application no longer uses it.
 *
 * @internal
 */
export function isLeftOut(
  { operation }: Application,
  repository: string,
): boolean {
  return (
    operation !== undefined &&
    operation.phase === 'Succeeded' &&
    !operation.partial &&
    !operation.dryRun &&
    operation.images.length > 0 &&
    !versionsByRepository(operation.images).has(repository)
  );
}

/**
 * How long an application had been Healthy since the sync of a promotion when
 * Argo CD last compared it, in milliseconds. Undefined if it isn't Healthy, or a
 * time is missing.
 *
 * @internal
 */
export function settledMs(
  { health, operation, reconciledAt }: Application,
  { sync }: Pick<Promotion, 'sync'>,
): number | undefined {
  const syncedAt = sync?.finishedAt ?? operation?.finishedAt;
  if (health.status !== 'Healthy' || !reconciledAt || !syncedAt) {
    return undefined;
  }
  const since = Math.max(
    Date.parse(syncedAt),
    Date.parse(health.lastTransitionTime ?? syncedAt),
  );
  return Date.parse(reconciledAt) - since;
}

/**
 * Whether no operation can still change what the sync of a promotion applied.
 * An operation of another revision can't, once the application was compared
 * after the sync: it may wait for a sync window for ever, or have failed. If the
 * same revision failed again, the application must stay Healthy for a while.
 *
 * @internal
 */
export function isSyncOver(
  application: Application,
  promotion: Promotion,
): boolean {
  const { operation, reconciledAt } = application;
  const { sync } = promotion;
  if (!operation || !sync || operation.phase === 'Succeeded') {
    return true;
  }
  const isOther = operation.revisions.join() !== sync.revisions.join();
  if (isRunning(operation)) {
    return (
      isOther &&
      reconciledAt !== undefined &&
      sync.finishedAt !== undefined &&
      Date.parse(reconciledAt) > Date.parse(sync.finishedAt)
    );
  }
  return isOther || (settledMs(application, promotion) ?? 0) >= FIRST_POD_MS;
}

function includes(versions: ImageVersion[], version: ImageVersion): boolean {
  return versions.some(other => sameReference(other, version));
}
