/**
 * What to do about an Argo CD instance that can't be followed, by
 * `InstanceErrorCode`. Part of the plugin's message catalogue.
 *
 * @internal
 */
export const instanceMessages = {
  advice: {
    unreachable:
      'Check that Argo CD runs, and that Backstage can reach the configured URL.',
    'connection-refused':
      'Check that Argo CD runs, and the port of the configured URL.',
    'host-not-found': 'Check the host of the configured URL.',
    'timed-out':
      "Check that Argo CD isn't overloaded, and that Backstage can reach the configured URL.",
    'certificate-untrusted':
      'Configure its certificate as `ca` of the instance.',
    'certificate-expired':
      'Renew the certificate, and check the clocks of both hosts.',
    'certificate-of-another-host':
      'Configure the URL with the host that the certificate is for.',
    'tls-failed':
      "Check that the configured URL is that of Argo CD's HTTPS port.",
    'credentials-unusable': 'Check the configured credentials.',
    unauthorized:
      "Create a new token for Landfall's account, and configure it.",
    forbidden: "Give Landfall's account the permission in Argo CD's RBAC.",
    'invalid-answer':
      'Check that the configured URL is that of Argo CD, and not of a login page before it.',
    'not-stored': "The backend's log has the reason.",
    'partly-unread': "The backend's log names them.",
    unknown: "The backend's log has the reason.",
  },
} as const;
