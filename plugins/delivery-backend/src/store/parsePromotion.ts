import type {
  Promotion,
  PromotionReason,
} from '@landfall/backstage-plugin-delivery-common';

/** A code, as this release stores it, or a sentence, as the previous one does. */
type StoredReason = PromotionReason | string;

/** @internal */
export interface StoredPromotion extends Omit<Promotion, 'reason' | 'failure'> {
  reason?: StoredReason;
  failure?: Omit<NonNullable<Promotion['failure']>, 'reason'> & {
    reason?: StoredReason;
  };
}

/**
 * Parses a stored promotion. During a rolling update, replicas of the previous
 * release still store reasons as sentences.
 *
 * @internal
 */
export function parsePromotion(document: string): Promotion {
  return withCodes(JSON.parse(document));
}

/** @internal */
export function withCodes(stored: StoredPromotion): Promotion {
  const { reason, failure, ...others } = stored;
  return {
    ...others,
    ...(reason !== undefined && { reason: toCode(reason) }),
    ...(failure && {
      failure: {
        at: failure.at,
        ...(failure.reason !== undefined && { reason: toCode(failure.reason) }),
      },
    }),
  };
}

function toCode(reason: StoredReason): PromotionReason {
  return typeof reason === 'string'
    ? { code: 'promotion.other', parameters: { text: reason } }
    : reason;
}
