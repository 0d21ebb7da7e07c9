/** Why actions aren't possible, and what to do. @internal */
export const refusals = {
  'message.action.disabled': 'Aktionen sind in diesem Portal abgeschaltet',
  'message.action.permission-missing':
    'Ihnen fehlt die Berechtigung {{permission}} für diese Entität',
  'message.action.not-proven':
    'Nichts belegt, dass die Anwendung dieser Entität gehört',
  'message.action.changed':
    'Die Anwendung hat sich geändert, seit diese Seite angezeigt wurde',
  'message.action.deleting': 'Argo CD löscht die Anwendung gerade',
  'message.action.operation-running': 'Ein Vorgang der Anwendung läuft gerade',
  'message.action.no-operation': 'Es läuft kein Vorgang der Anwendung',
  'message.action.automated-sync':
    'Argo CD rollt eine Anwendung nicht zurück, die es automatisch synchronisiert',
  'message.action.history-empty': 'Die Anwendung hat kein früheres Deployment',
  'message.action.history-missing':
    'Das Deployment {{historyId}} steht nicht mehr im Verlauf der Anwendung',
  'message.action.no-rollout': 'Die Anwendung hat keinen Rollout',
  'message.action.in-progress':
    '{{user}} hat soeben eine Aktion für die Anwendung gestartet',
  'message.action.approval-pending': '{{user}} hat das schon angefordert',

  'message.remedy.disabled':
    'Setzen Sie delivery.actions.enabled in der Konfiguration',
  'message.remedy.permission-missing':
    'Wenden Sie sich an einen Eigentümer der Entität oder an die Administration des Portals',
  'message.remedy.not-proven':
    'Geben Sie der Anwendung die Annotation {{mark}}, oder ordnen Sie ihr AppProject in delivery.access.projects dem Eigentümer zu',
  'message.remedy.changed':
    'Sehen Sie sich den aktuellen Stand an, und versuchen Sie es dann erneut',
  'message.remedy.deleting': 'Mit ihr ist nichts mehr möglich',
  'message.remedy.operation-running':
    'Warten Sie, bis er endet, oder beenden Sie ihn',
  'message.remedy.no-operation': 'Er ist schon beendet',
  'message.remedy.automated-sync':
    'Setzen Sie stattdessen die Version in Git zurück',
  'message.remedy.history-empty':
    'Nach ihrer nächsten Synchronisierung lässt sie sich zurückrollen',
  'message.remedy.history-missing': 'Wählen Sie ein anderes Deployment',
  'message.remedy.no-rollout':
    'Nur Rollouts von Argo Rollouts lassen sich fortsetzen und abbrechen',
  'message.remedy.in-progress': 'Warten Sie auf das Ergebnis',
  'message.remedy.approval-pending': 'Die Freigabe steht noch aus',
} as const;
