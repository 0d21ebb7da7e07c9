import { IMAGE_UPDATER_GROUP } from '../image-updater';
import type { MessageOf } from '../messages';
import type { UnreadableReason } from './types';

/**
 * What to do about evidence that can't be read.
 *
 * @internal
 */
export function adviceOnUnreadable(
  reason: UnreadableReason,
): MessageOf<'advice'> {
  switch (reason) {
    case 'forbidden':
      return { code: 'advice.grant-reading', parameters: {} };
    case 'unreachable':
      return { code: 'advice.wait-for-argocd', parameters: {} };
    case 'kubernetes-forbidden':
      return {
        code: 'advice.grant-kubernetes',
        parameters: { group: IMAGE_UPDATER_GROUP },
      };
    case 'kubernetes-missing':
      return { code: 'advice.install-updater', parameters: {} };
    case 'kubernetes-unreachable':
      return { code: 'advice.wait-for-kubernetes', parameters: {} };
    case 'kubernetes-failed':
      return { code: 'advice.kubernetes-log', parameters: {} };
    default:
      return { code: 'advice.portal-log', parameters: {} };
  }
}
