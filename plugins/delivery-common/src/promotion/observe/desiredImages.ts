import type { DesiredImagesObserved } from '../../model/observation';
import type { PromotionDraft } from '../PromotionDraft';
import { sameJson } from '../sameJson';

/**
 * Remembers the images that the current revisions of an application contain.
 * What was read of other revisions is too old.
 *
 * @internal
 */
export function recordDesiredImages(
  draft: PromotionDraft,
  { revisions, images, manifests }: DesiredImagesObserved,
): void {
  const desired = { revisions, images, manifests };
  if (
    draft.application &&
    !draft.goneAt &&
    sameJson(draft.application.sync.revisions, revisions) &&
    !sameJson(draft.memory.desired, desired)
  ) {
    draft.memory = { ...draft.memory, desired };
  }
}
