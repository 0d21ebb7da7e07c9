import type {
  Promotion,
  PromotionOutcome,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * What a promotion can be filtered by; `open` is one that is on its way.
 *
 * @internal
 */
export type OutcomeFilter = PromotionOutcome | 'open';

/** In the order in which they are offered. @internal */
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
 * The key of the outcome's word in the message catalogue.
 *
 * @internal
 */
export function outcomeMessage(outcome: OutcomeFilter) {
  return outcome === 'rolled-back'
    ? ('promotion.outcome.rolledBack' as const)
    : (`promotion.outcome.${outcome}` as const);
}

/**
 * An outcome as it stands in a URL; undefined for what is none.
 *
 * @internal
 */
export function parseOutcome(
  text: string | undefined,
): OutcomeFilter | undefined {
  return OUTCOMES.find(outcome => outcome === text);
}
