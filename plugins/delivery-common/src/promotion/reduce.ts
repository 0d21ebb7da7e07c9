import type { ApplicationRef } from '../model/application';
import type {
  ApplicationGone,
  ApplicationObserved,
  Observation,
  RevisionResolved,
  SyncWindowsObserved,
} from '../model/observation';
import { findApplied } from './apply/findApplied';
import { sameJson } from './sameJson';
import { carriersOf } from './versionEvidence';
import { decorate } from './derive/completeRollouts';
import { Draft } from './PromotionDraft';
import { repositoriesOf } from './applicationVersions';
import { importHistory } from './import/importHistory';
import { noteSightings } from './observe/recordEvidence';
import { settleOutcomes } from './settle/settleOutcomes';
import { derivePending } from './derive/derivePending';
import { withPushed, withRemoved } from './knownImages';
import { observed } from './times';
import type { Change, DeliveryState, ReducerMemory } from './types';
import { newlyWanted } from './derive/revisionRequests';

/**
 * The state of an application of which nothing was seen yet.
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
 * Takes one observation into account: the only place where a promotion is born,
 * moves or ends. It never throws, and leaves the state that it was given as it
 * was. An observation that changes nothing brings no changes, and what doesn't
 * concern the application changes nothing.
 *
 * @public
 */
export function reduce(
  state: DeliveryState,
  observation: Observation,
): { state: DeliveryState; changes: Change[] } {
  const draft = new Draft(state);
  switch (observation.kind) {
    case 'application-observed':
      observeApplication(draft, observation);
      break;
    case 'application-gone':
      loseApplication(draft, observation);
      break;
    case 'image-pushed':
      draft.images = withPushed(draft.images, observation);
      derive(draft, [observation.repository]);
      break;
    case 'image-removed':
      draft.images = withRemoved(draft.images, observation);
      derive(draft, [observation.repository]);
      break;
    case 'revision-resolved':
      resolveRevision(draft, observation);
      break;
    case 'sync-windows-observed':
      noteSyncWindows(draft, observation);
      break;
    case 'image-updaters-observed':
      draft.imageUpdaters = observation.imageUpdaters;
      if (draft.application) {
        derive(draft, repositoriesOf(draft.application, draft.imageUpdaters));
      }
      break;
    default:
      break;
  }
  const { state: next, changes } = draft.finish();
  return { state: next, changes: [...changes, ...newlyWanted(state, next)] };
}

function observeApplication(
  draft: Draft,
  observation: ApplicationObserved,
): void {
  const { application, seenAt } = observation;
  const isAnother =
    draft.memory.uid !== undefined && draft.memory.uid !== application.uid;
  if (isAnother) {
    // Deleted and created again: nothing of the former one goes on in it.
    if (!draft.goneAt) {
      abandon(draft, seenAt);
    }
    draft.memory = forgetful(draft.memory);
    draft.application = undefined;
  } else if (draft.goneAt) {
    revive(draft, draft.goneAt);
  }
  draft.goneAt = undefined;
  if (draft.memory.uid === undefined) {
    draft.memory = {
      ...draft.memory,
      uid: application.uid,
      firstSeenAt: seenAt,
    };
  }
  noteSightings(draft, observation);
  findApplied(draft, observation);
  settleOutcomes(draft, observation);
  draft.application = application;
  countObservation(draft);
  derive(draft, repositoriesOf(application, draft.imageUpdaters));
}

/** Positions only count what brought something, so that seeing it again changes nothing. */
function countObservation(draft: Draft): void {
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

function loseApplication(draft: Draft, { seenAt }: ApplicationGone): void {
  if (draft.application && !draft.goneAt) {
    draft.goneAt = seenAt;
    abandon(draft, seenAt);
  }
}

/** Ends all that is under way or live. */
function abandon(draft: Draft, seenAt: string): void {
  for (const promotion of draft.allPromotions()) {
    const { outcome } = promotion;
    if (!outcome || outcome === 'failed' || outcome === 'live') {
      draft.write({
        ...promotion,
        outcome: 'abandoned',
        outcomeAt: observed(seenAt),
        reason: { code: 'promotion.application-gone', parameters: {} },
      });
    }
  }
}

/** The same application is there again, so it was only out of sight. */
function revive(draft: Draft, goneAt: string): void {
  const at = observed(goneAt).at;
  for (const promotion of draft.allPromotions()) {
    if (promotion.outcome === 'abandoned' && promotion.outcomeAt?.at === at) {
      const { outcome: _, outcomeAt: __, reason: ___, ...others } = promotion;
      const { live } = draft.repository(promotion.repository);
      const isLive = live?.id === promotion.id;
      draft.write(
        isLive && others.stages.healthy
          ? { ...others, outcome: 'live', outcomeAt: others.stages.healthy }
          : others,
      );
    }
  }
}

function resolveRevision(draft: Draft, resolved: RevisionResolved): void {
  const { repoUrl, revision, author, date, message } = resolved;
  const isKnown = draft.revisions.some(
    known => known.revision === revision && known.repoUrl === repoUrl,
  );
  if (isKnown) {
    return;
  }
  draft.revisions = [
    ...draft.revisions,
    { repoUrl, revision, author, date, message },
  ];
  if (draft.application) {
    derive(draft, repositoriesOf(draft.application, draft.imageUpdaters));
  }
}

/** The same windows are only noted again for what was committed since. */
function noteSyncWindows(
  draft: Draft,
  { windows, seenAt }: SyncWindowsObserved,
): void {
  const { syncWindows: known } = draft.memory;
  const { active, assigned } = windows;
  const isKnown =
    known !== undefined &&
    sameJson({ active, assigned, at: known.at }, known) &&
    draft
      .allPromotions()
      .every(
        ({ outcome, stages: { committed } }) =>
          outcome || !committed || committed.at <= known.at,
      );
  if (!isKnown && draft.application && !draft.goneAt) {
    draft.memory = {
      ...draft.memory,
      syncWindows: { active, assigned, at: seenAt },
    };
  }
}

/** Everything that follows from what is known, as opposed to what is seen happening. */
function derive(draft: Draft, repositories: string[]): void {
  if (!draft.application) {
    return;
  }
  for (const repository of repositories) {
    deriveOf(draft, repository);
    if (importHistory(draft, repository)) {
      deriveOf(draft, repository);
    }
  }
}

function deriveOf(draft: Draft, repository: string): void {
  const carriers = carriersOf(draft, repository);
  decorate(draft, repository, carriers);
  derivePending(draft, repository, carriers);
}

function emptyMemory(): ReducerMemory {
  return {
    position: 0,
    revisions: [],
    versions: [],
    runs: [],
    failures: [],
    repositories: {},
  };
}

/** Only what keeps ids from being given twice. */
function forgetful(memory: ReducerMemory): ReducerMemory {
  return {
    ...emptyMemory(),
    repositories: Object.fromEntries(
      Object.entries(memory.repositories).map(([name, { counts, floor }]) => [
        name,
        { applied: [], counts, floor },
      ]),
    ),
  };
}
