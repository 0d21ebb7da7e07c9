import type { ApplicationRef } from '../model/application';
import type {
  ApplicationObserved,
  Observation,
  RevisionResolved,
} from '../model/observation';
import { repositoriesOf } from './applicationVersions';
import { findApplied } from './apply/findApplied';
import { completeRollouts } from './derive/completeRollouts';
import { derivePending } from './derive/derivePending';
import { withoutProposals } from './derive/mergeRequests';
import { applySettled } from './derive/settledEvidence';
import { newlyUnresolvedCommits } from './derive/unresolvedCommits';
import { newlyUnresolved } from './derive/unresolvedRevisions';
import { importHistory } from './import/importHistory';
import { withPushedImage, withRemovedImage } from './knownImages';
import { recordDesiredImages } from './observe/desiredImages';
import {
  emptyMemory,
  identifyApplication,
  loseApplication,
} from './observe/lifecycle';
import { recordCommits } from './observe/commits';
import { forgetPodFailures, recordPodFailures } from './observe/podFailures';
import { recordCommitRequest, recordProposals } from './observe/proposals';
import { recordEvidence } from './observe/recordEvidence';
import { recordSettled } from './observe/settled';
import { recordSyncWindows } from './observe/syncWindows';
import { PromotionDraft } from './PromotionDraft';
import { withFailureInReason } from './reasons';
import { settleOutcomes } from './settle/settleOutcomes';
import type { Change, DeliveryState } from './types';
import { collectEvidence, knownRevision } from './versionEvidence';

/**
 * The state of an application that was never observed.
 *
 * @public
 */
export function initialState(ref: ApplicationRef): DeliveryState {
  return {
    ref,
    promotions: [],
    images: [],
    revisions: [],
    imageUpdaters: [],
    memory: emptyMemory(),
  };
}

/**
 * Takes one observation into account. This is the only place where a promotion
 * begins, advances or ends. It never throws, and never mutates the given state.
 * An observation that brings nothing new, or doesn't concern the application,
 * returns no changes.
 *
 * @public
 */
export function reduce(
  state: DeliveryState,
  observation: Observation,
): { state: DeliveryState; changes: Change[] } {
  const draft = new PromotionDraft(state);
  observe(draft, observation);
  advancePosition(draft);
  const { state: next, changes } = draft.finish();
  return {
    state: next,
    changes: [
      ...changes,
      ...newlyUnresolved(state, next),
      ...newlyUnresolvedCommits(state, next),
    ],
  };
}

function observe(draft: PromotionDraft, observation: Observation): void {
  switch (observation.kind) {
    case 'application-observed':
      observeApplication(draft, observation);
      break;
    case 'application-gone':
      loseApplication(draft, observation);
      break;
    case 'image-pushed':
      draft.images = withPushedImage(draft.images, observation);
      deriveRepositories(draft, [observation.repository]);
      break;
    case 'image-removed':
      draft.images = withRemovedImage(draft.images, observation);
      deriveRepositories(draft, [observation.repository]);
      break;
    case 'revision-resolved':
      resolveRevision(draft, observation);
      break;
    case 'commits-resolved':
      if (recordCommits(draft, observation)) {
        deriveAll(draft);
      }
      break;
    case 'proposals-observed':
      if (recordProposals(draft, observation)) {
        deriveAll(draft);
      }
      break;
    case 'commit-request-observed':
      if (recordCommitRequest(draft, observation)) {
        deriveAll(draft);
      }
      break;
    case 'sync-windows-observed':
      recordSyncWindows(draft, observation);
      break;
    case 'desired-images-observed':
      recordDesiredImages(draft, observation);
      break;
    case 'pod-failures-observed':
      recordPodFailures(draft, observation);
      break;
    case 'image-updaters-observed':
      draft.imageUpdaters = observation.imageUpdaters;
      deriveAll(draft);
      break;
    default:
      break;
  }
}

/** The five phases of an observation of the application itself. */
function observeApplication(
  draft: PromotionDraft,
  observation: ApplicationObserved,
): void {
  const { application, seenAt } = observation;
  identifyApplication(draft, application.uid, seenAt);
  recordEvidence(draft, observation);
  findApplied(draft, observation);
  settleOutcomes(draft, observation);
  draft.application = application;
  forgetPodFailures(draft);
  advancePosition(draft);
  recordSettled(draft, application);
  deriveAll(draft);
}

/**
 * Only an observation with something new advances the position, so that
 * repeating an observation changes nothing.
 */
function advancePosition(draft: PromotionDraft): void {
  const { memory, nextPosition } = draft;
  const isUsed = [
    ...memory.revisions,
    ...memory.versions,
    ...memory.runs,
    ...(memory.operation ? [memory.operation] : []),
  ].some(({ position }) => position === nextPosition);
  if (isUsed) {
    draft.memory = { ...memory, position: nextPosition };
  }
}

function resolveRevision(
  draft: PromotionDraft,
  resolved: RevisionResolved,
): void {
  const { repoUrl, revision, author, date, message } = resolved;
  if (knownRevision(draft.revisions, repoUrl, revision)) {
    return;
  }
  draft.revisions = [
    ...draft.revisions,
    { repoUrl, revision, author, date, message },
  ];
  deriveAll(draft);
}

/**
 * Without pods and results, nothing but an open promotion shows that a
 * repository is in use.
 */
function deriveAll(draft: PromotionDraft): void {
  if (draft.application) {
    const open = draft
      .allPromotions()
      .filter(({ outcome }) => !outcome || outcome === 'failed');
    const repositories = new Set([
      ...repositoriesOf(draft.application, draft.imageUpdaters),
      ...open.map(({ repository }) => repository),
    ]);
    deriveRepositories(draft, [...repositories]);
  }
}

/**
 * Derives all that follows from what is known, regardless of which observation
 * brought it.
 */
function deriveRepositories(
  draft: PromotionDraft,
  repositories: string[],
): void {
  if (!draft.application) {
    return;
  }
  for (const repository of repositories) {
    deriveRepository(draft, repository);
    if (importHistory(draft, repository)) {
      deriveRepository(draft, repository);
    }
  }
}

function deriveRepository(draft: PromotionDraft, repository: string): void {
  const withMergeRequests = withoutProposals(draft, repository);
  const evidence = collectEvidence(draft, repository);
  completeRollouts(draft, repository, evidence);
  if (applySettled(draft, repository, evidence)) {
    completeRollouts(draft, repository, evidence);
  }
  derivePending(draft, repository, evidence);
  for (const promotion of draft.promotionsIn(repository)) {
    draft.write(withFailureInReason(withMergeRequests(promotion)));
  }
}
