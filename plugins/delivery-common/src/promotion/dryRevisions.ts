import type { Application } from '../model/application';
import type { PromotionDraft } from './PromotionDraft';
import type { ReducerMemory } from './types';

/** Number of hydrated revisions to remember. */
const REVISIONS_KEPT = 48;

/**
 * Remembers which dry commit Argo CD hydrated into the revision that it compares
 * with. It only reports the latest.
 *
 * @internal
 */
export function recordDryRevision(
  draft: PromotionDraft,
  { sync, dryRevision }: Application,
): void {
  const known = draft.memory.dryRevisions ?? [];
  const [hydrated] = sync.revisions;
  if (
    dryRevision &&
    hydrated &&
    !known.some(other => other.hydrated === hydrated)
  ) {
    draft.memory = {
      ...draft.memory,
      dryRevisions: [...known, { hydrated, dry: dryRevision }].slice(
        -REVISIONS_KEPT,
      ),
    };
  }
}

/**
 * The revision that people, or the Image Updater, committed: the dry one of a
 * hydrated revision, else the revision itself.
 *
 * @internal
 */
export function writtenRevision(
  { dryRevisions }: ReducerMemory,
  revision: string,
): string {
  return (
    dryRevisions?.find(({ hydrated }) => hydrated === revision)?.dry ?? revision
  );
}
