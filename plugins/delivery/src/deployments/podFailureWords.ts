import type { PodFailure } from '@landfall/backstage-plugin-delivery-common';
import type { Translate } from '../translation';

/**
 * Why pods fail, in one line: `Pod api-1 fails: ImagePullBackOff: not found`.
 *
 * @internal
 */
export function podFailureWords(
  { pod, pods, reason, message }: PodFailure,
  t: Translate,
): string {
  const why =
    [reason, message].filter(Boolean).join(': ') || t('card.pods.unknown');
  return pods > 1
    ? t('card.pods.several', { pods: String(pods), pod, reason: why })
    : t('card.pods.one', { pod, reason: why });
}
