import type { UnreadableReason } from './types';

/**
 * Why evidence can't be read and what to do about it, to follow "… could not be
 * read:".
 *
 * @internal
 */
export function unreadableInWords(reason: UnreadableReason): string {
  switch (reason) {
    case 'forbidden':
      return 'Argo CD refuses it. The account of the portal needs `applications, get` on every application that manages or waits';
    case 'unreachable':
      return 'Argo CD did not answer. It is asked again';
    default:
      return 'Argo CD failed to answer. The log of the portal says more';
  }
}
