import type { Application } from '../../model/application';
import type { PromotionDraft } from '../PromotionDraft';
import type { Rollout } from '../types';
import type { VersionEvidence } from '../versionEvidence';

/**
 * What the pending promotions of a repository are derived from.
 *
 * @internal
 */
export interface PendingContext {
  draft: PromotionDraft;
  application: Application;
  repository: string;
  /** All evidence of versions of the repository, in order. */
  evidence: VersionEvidence[];
  /** All rollouts of the repository, oldest first. */
  rollouts: Rollout[];
}
