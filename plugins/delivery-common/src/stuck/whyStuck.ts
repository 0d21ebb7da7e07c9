import type { Promotion } from '../model/promotion';
import { whyNotCommitted } from './notCommitted';
import { whyNotHealthy } from './notHealthy';
import { whyNotSynced } from './notSynced';
import type { StuckEvidence, StuckReason } from './types';

/**
 * What a promotion that is under way or failed waits for, from evidence;
 * undefined if it waits for nothing (it is live, or over).
 *
 * @public
 */
export function whyStuck(
  promotion: Promotion,
  evidence: StuckEvidence,
  now: Date,
): StuckReason | undefined {
  if (promotion.outcome && promotion.outcome !== 'failed') {
    return undefined;
  }
  const { pushed, committed, synced } = promotion.stages;
  if (synced) {
    return whyNotHealthy(evidence.application, synced.at);
  }
  if (committed) {
    return whyNotSynced(promotion, evidence, committed.at);
  }
  return pushed && whyNotCommitted(promotion, pushed.at, evidence, now);
}
