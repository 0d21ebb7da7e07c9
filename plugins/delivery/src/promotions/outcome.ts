import type {
  Promotion,
  PromotionOutcome,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The outcomes to filter promotions by; `open` means on its way.
 *
 * @internal
 */
export type OutcomeFilter = PromotionOutcome | 'open';

/** In the order in which the filter offers them. @internal */
export const OUTCOMES: readonly OutcomeFilter[] = [
  'open',
  'live',
  'failed',
  'superseded',
  'rolled-back',
  'abandoned',
];

/** @internal */
export function outcomeOf(promotion: Promotion): OutcomeFilter {
  return promotion.outcome ?? 'open';
}

/**
 * The key of the outcome's text in the message catalogue.
 *
 * @internal
 */
export function outcomeMessage(outcome: OutcomeFilter) {
  return outcome === 'rolled-back'
    ? ('promotion.outcome.rolledBack' as const)
    : (`promotion.outcome.${outcome}` as const);
}

/**
 * Reads an outcome from a URL; undefined for anything else.
 *
 * @internal
 */
export function parseOutcome(
  text: string | undefined,
): OutcomeFilter | undefined {
  return OUTCOMES.find(outcome => outcome === text);
}
