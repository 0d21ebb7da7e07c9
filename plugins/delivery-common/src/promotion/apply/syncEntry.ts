import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { finishedHistory, headInput, sameDeployment } from '../history';
import type { PromotionDraft } from '../PromotionDraft';

/**
 * The history entry of the sync that just applied a version: the operation's
 * own entry, else the latest one that isn't accounted for. If unobserved
 * entries directly before it made the same deployment, the first of them.
 *
 * @internal
 */
export function syncEntry(
  application: Application,
  historyId: number | undefined,
  byOperation: boolean,
): ApplicationHistoryEntry | undefined {
  const fresh = finishedHistory(application).filter(
    entry => historyId === undefined || entry.id > historyId,
  );
  const { operation } = application;
  const last = fresh.at(-1);
  if (byOperation && operation?.partial) {
    // A self-heal can immediately follow a full sync and replace it in the
    // status.
    const isSame = last?.revisions.join() === operation.revisions.join();
    return isSame ? last : undefined;
  }
  const own =
    byOperation &&
    fresh.findLast(entry => entry.deployStartedAt === operation?.startedAt);
  const found = own || last;
  if (historyId === undefined || !found) {
    return found;
  }
  const earlier = fresh.slice(0, fresh.indexOf(found));
  const other = earlier.findLastIndex(entry => !sameDeployment(entry, found));
  return earlier[other + 1] ?? found;
}

/**
 * The sync of a promotion, from its history entry, else from the operation.
 * Undefined for a version that no sync applied.
 *
 * @internal
 */
export function promotionSync(
  { operation }: Application,
  {
    entry,
    byOperation,
  }: { entry?: ApplicationHistoryEntry; byOperation: boolean },
): Promotion['sync'] {
  if (entry) {
    return syncOfEntry(entry);
  }
  if (operation && byOperation) {
    const { revisions, startedAt, finishedAt, initiatedBy } = operation;
    return {
      revisions,
      startedAt,
      ...(finishedAt && { finishedAt }),
      ...(initiatedBy && { initiatedBy }),
    };
  }
  return undefined;
}

/**
 * The sync that a history entry describes.
 *
 * @internal
 */
export function syncOfEntry({
  id,
  revisions,
  deployStartedAt,
  deployedAt,
  initiatedBy,
}: ApplicationHistoryEntry): NonNullable<Promotion['sync']> {
  return {
    historyId: id,
    revisions,
    ...(deployStartedAt && { startedAt: deployStartedAt }),
    finishedAt: deployedAt,
    ...(initiatedBy && { initiatedBy }),
  };
}

/**
 * Whether a history entry is a rollback: it repeats the deployment of an earlier
 * entry, while the configuration contains another one.
 *
 * @internal
 */
export function isRollback(
  draft: PromotionDraft,
  application: Application,
  entry: ApplicationHistoryEntry | undefined,
): boolean {
  if (!entry || sameDeployment(entry, headInput(application))) {
    return false;
  }
  // The history is bounded: the new entry can push out the rollback's target.
  const earlier = [
    ...(draft.application?.history ?? []),
    ...application.history,
  ].filter(other => other.id < entry.id);
  const before = earlier.reduce<ApplicationHistoryEntry | undefined>(
    (latest, other) => (latest && latest.id >= other.id ? latest : other),
    undefined,
  );
  return (
    before !== undefined &&
    !sameDeployment(before, entry) &&
    earlier.some(other => sameDeployment(other, entry))
  );
}
