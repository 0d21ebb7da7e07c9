import type { ApplicationGone } from '../../model/observation';
import type { PromotionDraft } from '../PromotionDraft';
import { observed } from '../stageTimes';
import type { ReducerMemory } from '../types';

/**
 * The memory of an application that was never observed.
 *
 * @internal
 */
export function emptyMemory(): ReducerMemory {
  return {
    position: 0,
    revisions: [],
    versions: [],
    runs: [],
    failures: [],
    repositories: {},
  };
}

/**
 * Records that Argo CD has an application. It may be a new application of the
 * same name, or one that was gone for a while.
 *
 * @internal
 */
export function identifyApplication(
  draft: PromotionDraft,
  uid: string,
  seenAt: string,
): void {
  const isAnother = draft.memory.uid !== undefined && draft.memory.uid !== uid;
  if (isAnother) {
    // Deleted and created again: no promotion continues in the new one.
    if (!draft.goneAt) {
      abandonPromotions(draft, seenAt);
    }
    draft.memory = memoryOfSuccessor(draft.memory);
    draft.application = undefined;
  } else if (draft.goneAt) {
    revivePromotions(draft, draft.goneAt);
  }
  draft.goneAt = undefined;
  if (draft.memory.uid === undefined) {
    draft.memory = { ...draft.memory, uid, firstSeenAt: seenAt };
  }
}

/**
 * Ends an application's open and live promotions when Argo CD no longer has it.
 *
 * @internal
 */
export function loseApplication(
  draft: PromotionDraft,
  { seenAt }: ApplicationGone,
): void {
  if (draft.application && !draft.goneAt) {
    draft.goneAt = seenAt;
    abandonPromotions(draft, seenAt);
  }
}

/** Ends every promotion that is open or live. */
function abandonPromotions(draft: PromotionDraft, seenAt: string): void {
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

/** The same application is observed again, so it was never deleted. */
function revivePromotions(draft: PromotionDraft, goneAt: string): void {
  const { at } = observed(goneAt);
  for (const promotion of draft.allPromotions()) {
    if (promotion.outcome === 'abandoned' && promotion.outcomeAt?.at === at) {
      const { outcome: _, outcomeAt: __, reason: ___, ...others } = promotion;
      const { live } = draft.repositoryMemory(promotion.repository);
      const isLive = live?.id === promotion.id;
      draft.write(
        isLive && others.stages.healthy
          ? { ...others, outcome: 'live', outcomeAt: others.stages.healthy }
          : others,
      );
    }
  }
}

/** Keeps only what prevents ids from being used twice. */
function memoryOfSuccessor(memory: ReducerMemory): ReducerMemory {
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
