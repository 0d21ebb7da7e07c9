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
    default:
      return { code: 'advice.portal-log', parameters: {} };
  }
}
