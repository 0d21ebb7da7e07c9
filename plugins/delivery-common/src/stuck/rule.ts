import type { englishMessages, Message, MessageParameters } from '../messages';
import type { Promotion, StageName } from '../model/promotion';
import type { StuckCode, StuckEvidence, StuckReason } from './types';
import type { UpdateDecision } from './updateDecision';

/**
 * The input of the rules.
 *
 * @internal
 */
export interface StuckSituation extends StuckEvidence {
  promotion: Promotion;
  /** When the promotion reached its last stage. */
  since: string;
  now: Date;
  /** Computed on first use, because reading policies takes a while. */
  updateDecision: () => UpdateDecision;
}

/**
 * What a rule found: the values for the sentence of its code.
 *
 * @internal
 */
export interface StuckFinding<Code extends StuckCode> {
  parameters: MessageParameters<(typeof englishMessages)['stuck'][Code]>;
  /** Undefined if not known. */
  since: string | undefined;
  advice?: Message;
}

/**
 * One thing that can hold up a promotion whose last stage is `stage`.
 *
 * @internal
 */
export interface StuckRule {
  code: StuckCode;
  stage: StageName;
  /** Undefined if this isn't what the promotion waits for. */
  evaluate(situation: StuckSituation): StuckReason | undefined;
}

/**
 * Creates a rule. The parameters of its findings must match the sentence of its
 * code.
 *
 * @internal
 * @param advice - what to do, unless a finding has its own
 */
export function stuckRule<Code extends StuckCode>(rule: {
  code: Code;
  stage: StageName;
  evaluate: (situation: StuckSituation) => StuckFinding<Code> | undefined;
  advice?: Message;
}): StuckRule {
  const { code, stage, evaluate } = rule;
  return {
    code,
    stage,
    evaluate(situation) {
      const finding = evaluate(situation);
      if (!finding) {
        return undefined;
      }
      const { parameters, since, advice = rule.advice } = finding;
      return {
        code,
        parameters,
        ...(since !== undefined && { since }),
        ...(advice && { advice }),
      };
    },
  };
}
