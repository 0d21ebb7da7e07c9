import { displayVersion } from '../images';
import type { ImageVersion, PromotionReason } from '../model/promotion';

/**
 * Another version replaced it.
 *
 * @internal
 */
export function replacedBy(version: ImageVersion): PromotionReason {
  return {
    code: 'promotion.replaced',
    parameters: { version: displayVersion(version) },
  };
}

/**
 * Another version was applied while it was pending.
 *
 * @internal
 */
export function supersededByVersion(version: ImageVersion): PromotionReason {
  return {
    code: 'promotion.passed-by',
    parameters: { version: displayVersion(version) },
  };
}

/**
 * An earlier deployment was put back.
 *
 * @internal
 */
export function rolledBackTo(
  target: ImageVersion,
  user: string | undefined,
): PromotionReason {
  const version = displayVersion(target);
  return user
    ? { code: 'promotion.rolled-back-by', parameters: { version, user } }
    : { code: 'promotion.rolled-back', parameters: { version } };
}

/**
 * Its sync failed; undefined if Argo CD gives no message.
 *
 * @internal
 */
export function syncFailed(
  message: string | undefined,
): PromotionReason | undefined {
  return message
    ? { code: 'promotion.sync-failed', parameters: { message } }
    : undefined;
}
