import type { Promotion } from '../model/promotion';
import { STAGES } from '../model/stages';
import { committedRules } from './committed';
import { proposedRules } from './proposed';
import { pushedRules } from './pushed';
import type { StuckRule } from './rule';
import { syncedRules } from './synced';
import type { StuckEvidence, StuckReason } from './types';
import { type UpdateDecision, updateDecision } from './updateDecision';

/**
 * Selected by the last stage that a promotion reached. Within a stage, the
 * first rule that applies wins.
 */
const RULES: readonly StuckRule[] = [
  ...pushedRules,
  ...proposedRules,
  ...committedRules,
  ...syncedRules,
];

/** Stages after which a promotion waits for something, the last one first. */
const WAITING_STAGES = STAGES.filter(name =>
  RULES.some(({ stage }) => stage === name),
).reverse();

/**
 * What an open or failed promotion waits for, according to the evidence.
 * Undefined if it waits for nothing: it is live, or has ended.
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
  const stage = WAITING_STAGES.find(name => promotion.stages[name]);
  const since = stage && promotion.stages[stage]?.at;
  if (since === undefined) {
    return undefined;
  }
  const situation = {
    ...evidence,
    promotion,
    since,
    now,
    updateDecision: once(() => updateDecision(promotion, evidence)),
  };
  for (const rule of RULES) {
    const reason = rule.stage === stage && rule.evaluate(situation);
    if (reason) {
      return reason;
    }
  }
  return undefined;
}

function once(decide: () => UpdateDecision): () => UpdateDecision {
  let decision: UpdateDecision | undefined;
  return () => {
    decision ??= decide();
    return decision;
  };
}
