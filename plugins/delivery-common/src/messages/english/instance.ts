/**
 * Why an Argo CD instance isn't followed, or only in part, by
 * `InstanceErrorCode`. The sentences contain no address and no name, because
 * anybody may read them.
 *
 * @internal
 */
export const instanceMessages = {
  unreachable: "Argo CD can't be reached",
  unauthorized: "Argo CD doesn't accept Landfall's credentials",
  forbidden: "Landfall's account in Argo CD lacks a permission",
  'invalid-answer': "Argo CD's answer can't be read",
  'not-stored': "What Argo CD reported couldn't be stored",
  'partly-unread': "Some applications of this Argo CD can't be read",
  'list-unconfirmed':
    'Argo CD listed far fewer applications than before; the last known state is kept until that is confirmed',
  unknown: "Argo CD can't be followed",
} as const;
