/**
 * Why an Argo CD instance isn't followed, or only in part, by
 * `InstanceErrorCode`. The sentences contain no address and no name, because
 * anybody may read them.
 *
 * @internal
 */
export const instanceMessages = {
  unreachable: "Argo CD can't be reached",
  'connection-refused': 'Argo CD refuses the connection',
  'host-not-found': "The name of Argo CD's host can't be resolved",
  'timed-out': "Argo CD doesn't answer in time",
  'certificate-untrusted':
    "The authority that signed Argo CD's certificate isn't trusted",
  'certificate-expired':
    "Argo CD's certificate has expired, or isn't valid yet",
  'certificate-of-another-host':
    "Argo CD's certificate is for another host name",
  'tls-failed': 'No encrypted connection to Argo CD could be set up',
  'credentials-unusable': "Landfall's credentials for Argo CD can't be used",
  unauthorized: "Argo CD doesn't accept Landfall's credentials",
  forbidden: "Landfall's account in Argo CD lacks a permission",
  'invalid-answer': "Argo CD's answer can't be read",
  'not-stored': "What Argo CD reported couldn't be stored",
  'partly-unread': "Some applications of this Argo CD can't be read",
  'list-unconfirmed':
    'Argo CD listed far fewer applications than before; the last known state is kept until that is confirmed',
  unknown: "Argo CD can't be followed",
} as const;
