import {
  applicationTopics,
  type DeliverySignal,
  type DeliveryState,
  ENTITY_REF_MARK,
  type Promotion,
  type UnresolvedRevision,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  replaceLabels,
  replaceRepositories,
  saveApplications,
} from '../store/operations/saveApplications';
import { addCommitRanges } from '../store/operations/commitRanges';
import { addToNotificationOutbox } from '../store/operations/notificationOutbox';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { bumpVersions } from '../store/operations/storeVersions';
import {
  deletePromotions,
  savePromotions,
} from '../store/operations/promotions';
import { addRepositories, markDue } from '../store/operations/repositories';
import {
  addRevisionRequests,
  retryRevisionRequests,
} from '../store/operations/revisionRequests';
import { saveReconciled } from '../store/operations/steadyApplications';
import { addSummaryRequests } from '../store/operations/summaryRequests';
import { isSortableTime } from '../store/text';
import { isoNow } from '../store/time';
import { changedScopes } from './changedScopes';
import { addMergeRequestReads } from './mergeRequests';
import { outcomeNotices } from './outcomeNotices';
import { mayUseOthers, usedRepositoriesOf } from './repositories';
import { settleSeenActions } from './settleSeenActions';
import { storedSteadyHash } from './steady';
import type { Reduced } from './types';

/** With more, so many applications are concerned that a signal is for all pages. */
const MAX_TOPICS = 500;

/**
 * What others have to act on after a transaction.
 *
 * @internal
 */
export interface Saved {
  hasSignal: boolean;
  instancesWanting: Set<string>;
  repositoriesAdded: boolean;
}

/**
 * Writes what the reducer returned for some applications, with the signals and
 * notifications that follow from it.
 *
 * @internal
 */
export async function saveReduced(
  tx: Knex.Transaction,
  reduced: Reduced[],
): Promise<Saved> {
  await saveApplications(
    tx,
    reduced.filter(isChanged).map(({ key, isNew, after }) => ({
      key,
      isNew,
      ref: after.ref,
      application: after.application,
      memory: after.memory,
      goneAt: after.goneAt,
      steadyHash: storedSteadyHash(after),
    })),
  );
  await saveReconciled(
    tx,
    reduced.filter(isReconciled).map(({ key, after }) => ({
      key,
      resource_version: after.application?.resourceVersion ?? null,
      reconciled_at: storableTime(after.application?.reconciledAt),
      steady_hash: storedSteadyHash(after) ?? null,
    })),
  );
  await replaceLabels(
    tx,
    reduced
      .filter(
        ({ before, after }) =>
          !sameJson(storedLabels(before), storedLabels(after)),
      )
      .map(({ key, isNew, after }) => ({
        key,
        isNew,
        labels: storedLabels(after),
      })),
  );
  const moved = reduced
    .filter(({ before, after }) => mayUseOthers(before, after))
    .map(({ key, isNew, after }) => ({
      key,
      isNew,
      repositories: usedRepositoriesOf(after),
    }));
  const unbuilt = await replaceRepositories(tx, moved);
  await addRepositories(
    tx,
    moved.flatMap(({ repositories }) =>
      repositories.map(({ repository }) => repository),
    ),
  );
  await markDue(tx, ...unbuilt);
  const promotions = reduced.flatMap(latestOfPromotions);
  await savePromotions(
    tx,
    promotions.filter(({ withdrawn }) => !withdrawn),
  );
  await deletePromotions(
    tx,
    promotions
      .filter(({ withdrawn }) => withdrawn)
      .map(({ promotion }) => promotion.id),
  );

  const requests = reduced.flatMap(({ key, after, changes, seenAt }) =>
    changes
      .filter(
        (change): change is UnresolvedRevision =>
          change.kind === 'resolve-revision',
      )
      .map(revision => ({
        applicationKey: key,
        instance: after.ref.instance,
        revision,
        seenAt,
      })),
  );
  if (requests.length > 0) {
    await addRevisionRequests(tx, requests, requests[0].seenAt);
  }

  await addCommitRanges(
    tx,
    reduced.flatMap(({ key, changes }) =>
      changes
        .filter(change => change.kind === 'resolve-commits')
        .map(wanted => ({ applicationKey: key, wanted })),
    ),
    isoNow(),
  );

  await addMergeRequestReads(tx, reduced, isoNow());

  const retried = await retryRevisionRequests(
    tx,
    reduced.filter(hasOtherSources).map(({ key }) => key),
    isoNow(),
  );

  await settleSeenActions(tx, reduced);
  await addToNotificationOutbox(tx, outcomeNotices(reduced));
  const shown = reduced.filter(isShownChange);
  await addSummaryRequests(
    tx,
    shown.filter(isStored).map(({ key }) => key),
    isoNow(),
  );
  const signal = toSignal(shown);
  if (signal) {
    await addToSignalOutbox(tx, signal);
  }
  // Last, because other writers of the same parts wait for it.
  await bumpVersions(tx, changedScopes(reduced, isChanged));
  return {
    hasSignal: signal !== undefined,
    instancesWanting: new Set([
      ...requests.map(request => request.instance),
      ...retried,
    ]),
    repositoriesAdded: moved.length > 0,
  };
}

function hasOtherSources({ before, after }: Reduced): boolean {
  return (
    before.application !== undefined &&
    !sameJson(before.application.sources, after.application?.sources)
  );
}

/** More than Argo CD's marks of a reconciliation. */
function isChanged({ changes }: Reduced): boolean {
  return changes.some(({ kind }) => kind === 'application');
}

function isReconciled(reduced: Reduced): boolean {
  const { before, after } = reduced;
  return (
    !isChanged(reduced) &&
    (before.application?.resourceVersion !==
      after.application?.resourceVersion ||
      before.application?.reconciledAt !== after.application?.reconciledAt)
  );
}

function storableTime(time: string | undefined): string | null {
  return time !== undefined && isSortableTime(time) ? time : null;
}

/**
 * The last change of each promotion, since several observations may have changed
 * it.
 */
function latestOfPromotions({ key, changes, seenAt }: Reduced) {
  const latest = new Map<
    string,
    { promotion: Promotion; withdrawn: boolean }
  >();
  for (const change of changes) {
    if (change.kind === 'promotion' || change.kind === 'promotion-withdrawn') {
      latest.set(change.promotion.id, {
        promotion: change.promotion,
        withdrawn: change.kind === 'promotion-withdrawn',
      });
    }
  }
  return [...latest.values()].map(({ promotion, withdrawn }) => ({
    applicationKey: key,
    promotion,
    seenAt,
    withdrawn,
  }));
}

/** An image that no policy selects changes no promotion, but pages list it. */
function isShownChange({ before, after, changes }: Reduced): boolean {
  return (
    after.images !== before.images ||
    changes.some(
      ({ kind }) => kind !== 'resolve-revision' && kind !== 'resolve-commits',
    )
  );
}

/** It was stored before, or is now. */
function isStored(reduced: Reduced): boolean {
  return !reduced.isNew || isChanged(reduced);
}

function toSignal(shown: Reduced[]): DeliverySignal | undefined {
  if (shown.length === 0) {
    return undefined;
  }
  const found = shown.filter(
    ({ before, after }) => foundBy(before) !== foundBy(after),
  );
  const topics = new Set(
    found.flatMap(({ before, after }) =>
      [before, after].flatMap(({ application }) =>
        application ? applicationTopics(application) : [],
      ),
    ),
  );
  return {
    keys: shown.map(({ key }) => key),
    appeared: found.length > 0,
    instances: false,
    ...(found.length > 0 &&
      topics.size <= MAX_TOPICS && { topics: [...topics] }),
  };
}

/** What decides which entities have the application, and which of them may show it. */
function foundBy({ application, goneAt }: DeliveryState): string {
  return JSON.stringify(
    application && goneAt === undefined
      ? [
          application.project,
          application.labels,
          application.annotations[ENTITY_REF_MARK],
        ]
      : null,
  );
}

function storedLabels(state: DeliveryState): Record<string, string> {
  return state.application?.labels ?? {};
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
