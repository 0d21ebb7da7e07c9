import type { Application } from '../model/application';
import type { ImageVersion } from '../model/promotion';
import type { PromotionDraft } from './PromotionDraft';

/**
 * One image repository of a newly observed application: the input of the phases
 * `apply` and `settle`.
 *
 * @internal
 */
export interface ObservedRepository {
  draft: PromotionDraft;
  /** As observed now; `draft.application` is still the previous observation. */
  application: Application;
  repository: string;
  /** Versions of the repository that live pods use. */
  pods: ImageVersion[];
  /** When the application was observed; ISO 8601, UTC. */
  seenAt: string;
}
