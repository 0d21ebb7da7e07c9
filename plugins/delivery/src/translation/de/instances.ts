/** @internal */
export const instances = {
  'instances.advice.unreachable':
    'Prüfen Sie, ob Argo CD läuft und Backstage die konfigurierte URL erreicht.',
  'instances.advice.connection-refused':
    'Prüfen Sie, ob Argo CD läuft und der Port der konfigurierten URL stimmt.',
  'instances.advice.host-not-found':
    'Prüfen Sie den Host der konfigurierten URL.',
  'instances.advice.timed-out':
    'Prüfen Sie, ob Argo CD überlastet ist und ob Backstage die konfigurierte URL erreicht.',
  'instances.advice.certificate-untrusted':
    'Konfigurieren Sie das Zertifikat dieser Stelle als `ca` der Instanz.',
  'instances.advice.certificate-expired':
    'Erneuern Sie das Zertifikat, und prüfen Sie die Uhren beider Hosts.',
  'instances.advice.certificate-of-another-host':
    'Konfigurieren Sie die URL mit dem Host, für den das Zertifikat gilt.',
  'instances.advice.tls-failed':
    'Prüfen Sie, ob die konfigurierte URL zum HTTPS-Port von Argo CD führt.',
  'instances.advice.credentials-unusable':
    'Prüfen Sie die konfigurierten Zugangsdaten.',
  'instances.advice.unauthorized':
    'Erstellen und konfigurieren Sie ein neues Token für das Konto von Landfall.',
  'instances.advice.forbidden':
    'Geben Sie dem Konto von Landfall die Berechtigung im RBAC von Argo CD.',
  'instances.advice.invalid-answer':
    'Prüfen Sie, ob die konfigurierte URL zu Argo CD führt und nicht zu einer vorgeschalteten Anmeldeseite.',
  'instances.advice.not-stored': 'Der Grund steht im Log des Backends.',
  'instances.advice.partly-unread':
    'Welche es sind, steht im Log des Backends.',
  'instances.advice.unknown': 'Der Grund steht im Log des Backends.',
};
