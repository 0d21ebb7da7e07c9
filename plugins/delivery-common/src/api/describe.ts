import {
  type AnyMessage,
  type Described,
  describeMessage,
  type MessageOf,
} from '../messages';
import type { Promotion, PromotionReason, StageTime } from '../model/promotion';
import type {
  LintFinding,
  PolicyProblem,
  VerdictReason,
} from '../image-updater';

/**
 * A promotion as the API sends it: its reasons have their sentences in English.
 *
 * @public
 */
export interface DescribedPromotion
  extends Omit<Promotion, 'reason' | 'failure'> {
  reason?: Described<PromotionReason>;
  failure?: { at: StageTime; reason?: Described<PromotionReason> };
}

/**
 * A sentence of any part of the catalogue, as the API sends it.
 *
 * @public
 */
export type DescribedMessage = Described<AnyMessage>;

/**
 * What to do, as the API sends it.
 *
 * @public
 */
export type DescribedAdvice = Described<MessageOf<'advice'>>;

/**
 * A problem with settings of Image Updater, as the API sends it.
 *
 * @public
 */
export interface DescribedPolicyProblem extends Omit<PolicyProblem, 'advice'> {
  advice: DescribedAdvice;
}

/**
 * A setting that should be changed, as the API sends it.
 *
 * @public
 */
export interface DescribedLintFinding
  extends Omit<LintFinding, 'effect' | 'fix'> {
  effect: Described<AnyMessage>;
  fix: Described<AnyMessage>;
}

/**
 * Why Image Updater chooses a version or none, as the API sends it.
 *
 * @public
 */
export type DescribedSelectionReason = Described<MessageOf<'selection'>>;

/**
 * Why Image Updater takes a version or passes over it, as the API sends it.
 *
 * @public
 */
export type DescribedVerdictReason = Described<VerdictReason>;

/**
 * Adds the English sentences, for readers that have no catalogue.
 *
 * @public
 */
export function describePromotion(promotion: Promotion): DescribedPromotion {
  const { reason, failure, ...others } = promotion;
  return {
    ...others,
    ...(reason && { reason: describeMessage(reason) }),
    ...(failure && {
      failure: {
        at: failure.at,
        ...(failure.reason && { reason: describeMessage(failure.reason) }),
      },
    }),
  };
}

/**
 * Adds the English sentence, for readers that have no catalogue.
 *
 * @public
 */
export function describePolicyProblem(
  problem: PolicyProblem,
): DescribedPolicyProblem {
  return { ...problem, advice: describeMessage(problem.advice) };
}

/**
 * Adds the English sentences, for readers that have no catalogue.
 *
 * @public
 */
export function describeLintFinding(
  finding: LintFinding,
): DescribedLintFinding {
  return {
    ...finding,
    effect: describeMessage(finding.effect),
    fix: describeMessage(finding.fix),
  };
}
