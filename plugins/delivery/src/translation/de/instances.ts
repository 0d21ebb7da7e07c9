/** @internal */
export const instances = {
  'instances.advice.unreachable':
    'Prüfen, ob Argo CD läuft und Backstage die konfigurierte URL erreicht.',
  'instances.advice.connection-refused':
    'Prüfen, ob Argo CD läuft, und den Port der konfigurierten URL prüfen.',
  'instances.advice.host-not-found': 'Den Host der konfigurierten URL prüfen.',
  'instances.advice.timed-out':
    'Prüfen, ob Argo CD überlastet ist und ob Backstage die konfigurierte URL erreicht.',
  'instances.advice.certificate-untrusted':
    'Ihr Zertifikat als `ca` der Instanz konfigurieren.',
  'instances.advice.certificate-expired':
    'Das Zertifikat erneuern und die Uhren beider Hosts prüfen.',
  'instances.advice.certificate-of-another-host':
    'Die URL mit dem Host konfigurieren, für den das Zertifikat gilt.',
  'instances.advice.tls-failed':
    'Prüfen, ob die konfigurierte URL zum HTTPS-Port von Argo CD führt.',
  'instances.advice.credentials-unusable':
    'Die konfigurierten Zugangsdaten prüfen.',
  'instances.advice.unauthorized':
    'Ein neues Token für das Konto von Landfall erstellen und konfigurieren.',
  'instances.advice.forbidden':
    'Dem Konto von Landfall die Berechtigung im RBAC von Argo CD geben.',
  'instances.advice.invalid-answer':
    'Prüfen, ob die konfigurierte URL zu Argo CD führt und nicht zu einer Anmeldeseite davor.',
  'instances.advice.not-stored': 'Der Grund steht im Log des Backends.',
  'instances.advice.partly-unread':
    'Welche es sind, steht im Log des Backends.',
  'instances.advice.unknown': 'Der Grund steht im Log des Backends.',
};
