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
  'message.action.operation-running':
    'Eine Operation der Anwendung läuft gerade',
  'message.action.no-operation': 'Keine Operation der Anwendung läuft gerade',
  'message.action.automated-sync':
    'Argo CD setzt keine Anwendung zurück, die es automatisch synchronisiert',
  'message.action.history-empty': 'Die Anwendung hat kein früheres Deployment',
  'message.action.history-missing':
    'Das Deployment {{historyId}} steht nicht mehr in der Historie der Anwendung',
  'message.action.no-rollout': 'Die Anwendung hat kein Rollout',
  'message.action.in-progress':
    '{{user}} hat soeben eine Aktion für die Anwendung gestartet',
  'message.action.approval-pending': '{{user}} hat das schon beantragt',

  'message.remedy.disabled':
    'Setzen Sie delivery.actions.enabled in der Konfiguration',
  'message.remedy.permission-missing':
    'Wenden Sie sich an einen Eigentümer der Entität oder einen Administrator des Portals',
  'message.remedy.not-proven':
    'Geben Sie der Anwendung die Annotation {{mark}}, oder ordnen Sie ihr AppProject in delivery.access.projects dem Eigentümer zu',
  'message.remedy.changed':
    'Sehen Sie sich den jetzigen Stand an, und versuchen Sie es dann noch einmal',
  'message.remedy.deleting': 'Mit ihr ist nichts mehr möglich',
  'message.remedy.operation-running':
    'Warten Sie, bis sie endet, oder brechen Sie sie ab',
  'message.remedy.no-operation': 'Sie ist schon beendet',
  'message.remedy.automated-sync':
    'Setzen Sie stattdessen die Version in Git zurück',
  'message.remedy.history-empty':
    'Nach ihrer nächsten Synchronisierung kann sie zurückgesetzt werden',
  'message.remedy.history-missing': 'Wählen Sie ein anderes Deployment',
  'message.remedy.no-rollout':
    'Nur Rollouts von Argo Rollouts lassen sich freigeben und abbrechen',
  'message.remedy.in-progress': 'Warten Sie auf das Ergebnis',
  'message.remedy.approval-pending': 'Die Freigabe steht noch aus',
} as const;
