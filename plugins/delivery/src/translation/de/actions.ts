/** @internal */
export const actions = {
  'action.cancel': 'Abbrechen',
  'action.close': 'Schließen',
  'action.lookAgain': 'Aktuellen Stand anzeigen',
  'action.dismiss':
    'Das Ergebnis von {{action}} bei {{application}} ausblenden',
  'action.name.refresh': 'Aktualisieren',
  'action.name.hard-refresh': 'Vollständig aktualisieren',
  'action.name.sync': 'Synchronisieren',
  'action.name.terminate': 'Vorgang beenden',
  'action.name.rollback': 'Zurückrollen',
  'action.name.rollout-promote': 'Rollout fortsetzen',
  'action.name.rollout-promote-full': 'Rollout vollständig durchführen',
  'action.name.rollout-abort': 'Rollout abbrechen',
  'action.name.rollout-retry': 'Rollout wiederholen',
  'action.name.rollout-restart': 'Rollout neu starten',
  'action.name.promote': 'Promoten',
  'action.name.revert': 'In Git zurücksetzen',
  'action.name.resume-updates': 'Updates fortsetzen',
  'action.menu.refresh': 'Aktualisieren',
  'action.menu.hard-refresh': 'Vollständig aktualisieren',
  'action.menu.sync': 'Synchronisieren …',
  'action.menu.terminate': 'Vorgang beenden …',
  'action.menu.rollback': 'Zurückrollen auf …',
  'action.menu.rollout': 'Rollout-Aktionen …',
  'action.menu.promote': 'Eine Version nach {{environment}} promoten …',
  'action.menu.revert': 'In Git zurücksetzen …',
  'action.menu.resume-updates': 'Updates fortsetzen …',
  'action.menu.approval': 'Braucht die Freigabe von {{approvers}}',
  'action.menu.error':
    'Die erlaubten Aktionen konnten nicht geladen werden. Erneut versuchen',
  'action.reason.label': 'Grund (optional)',
  'action.reason.help':
    'Steht in der Zeitleiste und wird im Audit-Log aufbewahrt.',
  'action.approval.needed':
    'Ein Mitglied von {{approvers}} muss das zuerst freigeben. Ausgeführt wird genau das, was Sie hier bestätigen.',
  'action.approval.by': 'Wartet auf die Freigabe durch {{approvers}}',
  'action.approval.own':
    'Was Sie selbst angefordert haben, muss jemand anderes freigeben.',
  'action.approval.approve': 'Freigeben',
  'action.approval.reject': 'Ablehnen',
  'action.state.waiting': 'Wartet auf Freigabe',
  'action.state.requested': 'Angefordert',
  'action.state.accepted': 'Läuft',
  'action.state.succeeded': 'Fertig',
  'action.state.failed': 'Fehlgeschlagen',
  'action.state.rejected': 'Abgelehnt',
  'action.state.unknown':
    'Unbekannt: Es kam keine Antwort, und es wird nichts automatisch erneut gesendet',
  'action.state.committed': 'Committet',
  'action.state.dryRun': 'Probelauf fertig, es wurde nichts geändert',
  'action.state.request.open': 'Request geöffnet, wartet auf den Merge',
  'action.state.request.approved': 'Request freigegeben, wartet auf den Merge',
  'action.state.request.merged': 'Request gemergt',
  'action.state.request.closed': 'Request ohne Merge geschlossen',
  'action.change.commit': 'Commit öffnen',
  'action.change.request': 'Request öffnen',
  'action.progress.sending': 'Wird gesendet',
  'action.progress.lost': 'Die Verbindung brach ab, bevor eine Antwort kam.',
  'action.progress.lostHint':
    'Sobald die Verbindung wieder steht, wird automatisch erneut gesendet. Doppelt ausgeführt wird nichts.',
  'action.progress.sendNow': 'Jetzt senden',
  'action.progress.unread':
    'Die Verbindung brach ab, das Ergebnis ist daher nicht bekannt. Es erscheint hier, sobald die Verbindung wieder steht. Zuletzt gelesen',
  'action.changed.title':
    '{{application}} hat sich geändert, seit Sie diesen Dialog geöffnet haben.',
  'action.changed.busy': 'Ein Vorgang läuft, gestartet',
  'action.changed.busyBy': 'Ein Vorgang von {{name}} läuft, gestartet',
  'action.changed.running': 'Läuft: {{from}} → {{to}}',
  'action.changed.desired': 'In Git: {{from}} → {{to}}',
  'action.changed.revision': 'Revision: {{from}} → {{to}}',
  'action.changed.operation': 'Letzter Vorgang: {{from}} → {{to}}',
  'action.changed.sync': 'Sync-Status: {{from}} → {{to}}',
  'action.changed.other': 'Die Quellen oder der Verlauf haben sich geändert.',
  'action.failure.invalid': 'Das kann nicht ausgeführt werden.',
  'action.failure.signedOut': 'Ihre Sitzung ist abgelaufen.',
  'action.failure.forbidden':
    'Für {{application}} fehlt Ihnen die Berechtigung dazu.',
  'action.failure.notProven':
    'Es ist nicht nachgewiesen, dass {{application}} zu {{entity}} gehört.',
  'action.failure.changed':
    '{{application}} ist nicht mehr so, wie die Seite es zeigte.',
  'action.failure.tooMany': 'Zu viele Anfragen in kurzer Zeit.',
  'action.failure.unavailable':
    'Argo CD oder der Git-Host ist gerade nicht erreichbar.',
  'action.failure.failed': 'Die Aktion ist fehlgeschlagen.',
  'action.failureHint.invalid':
    'Lesen Sie die Details, ändern Sie, was dort genannt ist, und versuchen Sie es erneut.',
  'action.failureHint.signedOut':
    'Laden Sie die Seite neu, um sich wieder anzumelden. Es wurde nichts gestartet.',
  'action.failureHint.forbidden':
    'Fragen Sie den Eigentümer von {{entity}} oder die Administration dieses Portals. Es wurde nichts gestartet.',
  'action.failureHint.notProven':
    'Fügen Sie der Argo-CD-Anwendung zum Nachweis diese Annotation hinzu, oder lassen Sie ihr Projekt von der Administration dieses Portals in delivery.access zuweisen.',
  'action.failureHint.changed':
    'Die Anwendung hat sich geändert, oder ein Vorgang läuft. Sehen Sie sich den aktuellen Stand an, und bestätigen Sie erneut. Es wurde nichts gestartet.',
  'action.failureHint.tooMany':
    'Warten Sie einige Sekunden und versuchen Sie es erneut. Es wurde nichts gestartet.',
  'action.failureHint.unavailable':
    'Versuchen Sie es später erneut. Doppelt ausgeführt wird nichts.',
  'action.failureHint.failed':
    'Lesen Sie die Details. Ein neuer Versuch ist sicher: Doppelt ausgeführt wird nichts.',
  'action.sync.title': '{{application}} synchronisieren',
  'action.sync.confirm': 'Synchronisieren',
  'action.sync.confirmForced': 'Mit Force synchronisieren',
  'action.sync.automated':
    'Die automatische Synchronisierung ist eingeschaltet: Argo CD übernimmt Änderungen in Git auch von selbst.',
  'action.sync.busy':
    'Ein Vorgang läuft. Bis er endet, lehnt Argo CD einen weiteren ab.',
  'action.sync.resources': 'Was von Git abweicht',
  'action.sync.nothing':
    'Nichts weicht von Git ab. Argo CD wendet alle Ressourcen erneut an und führt die Hooks aus.',
  'action.sync.partly':
    'Eine Synchronisierung nur einiger Ressourcen führt keine Hooks aus und steht nicht im Verlauf.',
  'action.sync.kept': 'nicht mehr in Git, bleibt ohne Prune bestehen',
  'action.sync.deleted': 'nicht mehr in Git, wird gelöscht',
  'action.sync.options': 'Optionen',
  'action.sync.prune': 'Prune: löschen, was Git nicht mehr hat',
  'action.sync.pruneWarning': 'Gelöscht wird: {{resources}}',
  'action.sync.pruneNothing': 'Nach jetzigem Stand würde nichts gelöscht.',
  'action.sync.force':
    'Force: löschen und neu anlegen, was sich nicht ändern lässt',
  'action.sync.forceWarning':
    'Ressourcen, deren Änderung Kubernetes ablehnt, werden gelöscht und neu angelegt. Ihre Pods werden beendet, und was nicht in Git steht, geht verloren.',
  'action.sync.replace':
    'Replace: Ressourcen überschreiben, statt Änderungen anzuwenden',
  'action.sync.replaceWarning':
    'Felder, die andere setzen, etwa die Zahl der Pods durch einen Autoscaler, werden überschrieben. Ressourcen, die sich nicht ersetzen lassen, schlagen fehl.',
  'action.dryRun.run': 'Probelauf',
  'action.dryRun.again': 'Noch ein Probelauf',
  'action.dryRun.result': 'Was Argo CD tun würde',
  'action.terminate.title': 'Den Vorgang von {{application}} beenden',
  'action.terminate.confirm': 'Vorgang beenden',
  'action.terminate.what':
    'Argo CD bricht den laufenden Vorgang ab. Was bereits angewendet wurde, bleibt bestehen, und {{application}} kann zwischen zwei Versionen stehen bleiben.',
  'action.terminate.none': 'Es läuft kein Vorgang.',
  'action.terminate.phase': 'Zustand',
  'action.terminate.started': 'Gestartet',
  'action.terminate.by': 'Von',
  'action.terminate.message': 'Meldung',
  'action.rollback.title': '{{application}} zurückrollen',
  'action.rollback.confirm': 'Zurückrollen',
  'action.rollback.entries': 'Zurückrollen auf',
  'action.rollback.none':
    'Im Verlauf gibt es keinen früheren Eintrag, auf den zurückgerollt werden kann.',
  'action.rollback.automated':
    'Solange die automatische Synchronisierung eingeschaltet ist, lehnt Argo CD das Zurückrollen ab, und der Stand in Git würde sich wieder durchsetzen. Setzen Sie die Version stattdessen in Git zurück: Das hat Bestand.',
  'action.rollback.what':
    'Argo CD wendet die Manifeste dieses Eintrags an. Git bleibt unverändert, {{application}} weicht also davon ab, bis jemand synchronisiert.',
  'action.rollback.current': 'Läuft jetzt: {{versions}}',
  'action.rollback.revert': 'Stattdessen in Git zurücksetzen …',
  'action.rollback.to': 'Auf Eintrag {{id}} zurückrollen …',
  'action.rollback.pruneWarning':
    'Ressourcen, die im Eintrag fehlen, werden gelöscht.',
  'action.rollout.title': 'Rollout-Aktionen von {{application}}',
  'action.rollout.confirm': 'Bestätigen',
  'action.rollout.which': 'Rollout',
  'action.rollout.action': 'Aktion',
  'action.rollout.none': 'Diese Anwendung hat keinen Rollout.',
  'action.rollout.what.rollout-promote':
    'Beendet die aktuelle Pause und geht zum nächsten Schritt.',
  'action.rollout.what.rollout-promote-full':
    'Überspringt alle übrigen Schritte, Pausen und Analysen: Der gesamte Traffic geht an die neue Version.',
  'action.rollout.what.rollout-abort':
    'Leitet den gesamten Traffic zurück auf die stabile Version. In Git steht weiterhin die neue.',
  'action.rollout.what.rollout-retry':
    'Beginnt den abgebrochenen Rollout erneut mit dem ersten Schritt.',
  'action.rollout.what.rollout-restart':
    'Ersetzt alle Pods, mit derselben Version.',
  'action.version.promoteTitle': 'Eine Version von {{entity}} promoten',
  'action.version.revertTitle': '{{application}} in Git zurücksetzen',
  'action.version.resumeTitle': 'Updates von {{application}} fortsetzen',
  'action.version.image': 'Image',
  'action.version.version': 'Version',
  'action.version.runsIn': '{{version}} (läuft in {{environments}})',
  'action.version.none': 'Von diesem Image ist keine andere Version bekannt.',
  'action.version.noImage': 'Von dieser Anwendung ist kein Image bekannt.',
  'action.version.targets': 'Wohin',
  'action.version.target':
    '{{environment}} ({{application}}): {{version}} läuft',
  'action.version.same':
    '{{environment}} ({{application}}): diese Version läuft schon',
  'action.version.via': 'Wie',
  'action.version.request': 'Pull- oder Merge-Request öffnen',
  'action.version.commit': 'Direkt committen',
  'action.version.hold':
    'Updates anhalten: Image Updater ändert {{version}} nicht, bis Sie die Updates fortsetzen',
  'action.version.holdOff':
    'Werden die Updates nicht angehalten, kann Image Updater bei der nächsten Prüfung wieder eine neuere Version committen.',
  'action.version.resume':
    'Setzt die angehaltenen Updates fort. Image Updater wählt die Version dann wieder nach seiner Richtlinie.',
  'action.version.preview': 'Was sich ändert',
  'action.version.previewing': 'Die Änderungen werden geladen',
  'action.version.change': '{{from}} → {{to}}',
  'action.version.branch': 'Branch {{branch}}',
  'action.version.nothing': 'Es muss nichts geändert werden.',
  'action.version.text': 'Text des Requests oder Commits',
  'action.version.file': 'Änderungen in {{path}}',
  'action.version.confirmRequest': 'Request öffnen',
  'action.version.confirmCommit': 'Committen',
  'action.records.item': '{{action}}: {{application}}',
  'action.records.by': 'von {{user}}',
  'action.records.approvedBy': 'freigegeben von {{user}}',
  'action.records.rejectedBy': 'abgelehnt von {{user}}',
  'action.records.reason': 'Grund: {{reason}}',
  'action.records.more':
    'Es gibt weitere. Landfall bewahrt sie auf, und alle stehen im Audit-Log.',
  'action.records.error': 'Die Aktionen konnten nicht geladen werden.',
  'action.records.prune': 'mit Prune',
  'action.records.dryRun': 'Probelauf',
  'action.records.force': 'mit Force',
  'action.records.replace': 'mit Replace',
  'action.records.resources': '{{total}} Ressourcen',
  'action.records.history': 'auf Eintrag {{id}}',
  'action.records.rollout': 'Rollout {{name}}',
  'action.bulk.select': '{{service}} auswählen',
  'action.bulk.selectAll': 'Alle geladenen Services auswählen',
  'action.bulk.selected': '{{total}} ausgewählt',
  'action.bulk.one': '1 ausgewählt',
  'action.bulk.clear': 'Auswahl aufheben',
  'action.bulk.actions': 'Aktionen …',
  'action.bulk.title': 'Aktion für {{total}} Services',
  'action.bulk.oneTitle': 'Aktion für 1 Service',
  'action.bulk.action': 'Aktion',
  'action.bulk.environment': 'Umgebung',
  'action.bulk.anyEnvironment': 'alle Umgebungen',
  'action.bulk.count': 'Anwendungen: {{total}}. Jede wird einzeln geprüft.',
  'action.bulk.none': 'Es ist keine Anwendung ausgewählt.',
  'action.bulk.tooMany':
    'Nur die ersten {{max}} Anwendungen werden einbezogen. Wählen Sie weniger Services oder eine Umgebung.',
  'action.bulk.promoteTag': 'Version',
  'action.bulk.readingVersions': 'Die Versionen der Services werden gelesen',
  'action.bulk.knownIn': '{{known}} von {{total}} Services',
  'action.bulk.otherVersion': 'Andere Version …',
  'action.bulk.typedVersion': 'Andere Version',
  'action.bulk.unreadVersions':
    'Die Versionen von {{unread}} der {{total}} Services konnten nicht gelesen werden. Geben Sie eine Version ein, die nicht in der Liste steht.',
  'action.bulk.promoteHelp':
    'Dieselbe Version für alle ausgewählten Anwendungen.',
  'action.bulk.preview': 'Anwendungen',
  'action.bulk.checking': 'Wird geprüft',
  'action.bulk.ready': 'Bereit',
  'action.bulk.notOffered': 'Wird für diese Anwendung nicht angeboten.',
  'action.bulk.confirm': 'Für {{total}} starten',
};
