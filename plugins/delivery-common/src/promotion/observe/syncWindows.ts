import type { SyncWindowsObserved } from '../../model/observation';
import type { PromotionDraft } from '../PromotionDraft';
import { sameJson } from '../sameJson';

/**
 * Remembers the sync windows of an application. Unchanged windows get a new
 * time only if a version was committed since, because they may block its sync.
 *
 * @internal
 */
export function recordSyncWindows(
  draft: PromotionDraft,
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
