import { displayVersion } from '../images';
import type { MessageParameter } from '../messages';
import type {
  ImageVersion,
  Promotion,
  PromotionReason,
} from '../model/promotion';

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

/**
 * A promotion whose reason also says that it failed, if it failed and another
 * version superseded it before it became healthy. Only what is known about the
 * failure now counts.
 *
 * @internal
 */
export function withFailureInReason(promotion: Promotion): Promotion {
  const { outcome, reason, failure, stages } = promotion;
  const version = reason && supersedingVersion(reason);
  if (outcome !== 'superseded' || version === undefined) {
    return promotion;
  }
  if (failure && !stages.healthy) {
    return { ...promotion, reason: afterFailing(version, failure.reason) };
  }
  return isAfterFailing(reason)
    ? {
        ...promotion,
        reason: {
          code: stages.synced ? 'promotion.replaced' : 'promotion.passed-by',
          parameters: { version },
        },
      }
    : promotion;
}

function isAfterFailing(reason: PromotionReason | undefined): boolean {
  return (
    reason?.code === 'promotion.superseded-after-failing' ||
    reason?.code === 'promotion.superseded-after-failing-unexplained'
  );
}

function supersedingVersion({
  code,
  parameters,
}: PromotionReason): MessageParameter | undefined {
  switch (code) {
    case 'promotion.replaced':
    case 'promotion.passed-by':
    case 'promotion.superseded-after-failing':
    case 'promotion.superseded-after-failing-unexplained':
      return parameters.version;
    default:
      return undefined;
  }
}

function afterFailing(
  version: MessageParameter,
  cause: PromotionReason | undefined,
): PromotionReason {
  return cause
    ? {
        code: 'promotion.superseded-after-failing',
        parameters: { version, cause },
      }
    : {
        code: 'promotion.superseded-after-failing-unexplained',
        parameters: { version },
      };
}
