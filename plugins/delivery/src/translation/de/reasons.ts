/** @internal */
export const reasons = {
  'message.stuck.updater-cycle':
    'Wartet auf den nächsten Zyklus von Image Updater',
  'message.stuck.policy-passes-over':
    'Image Updater übergeht {{version}}: {{verdict}}',
  'message.stuck.updater-failing':
    'Image Updater meldet für den ImageUpdater {{updater}}: {{message}}',
  'message.stuck.comparison-pending':
    'Wartet auf den nächsten Vergleich durch Argo CD: Der letzte war vor dem Push, ein Commit kann also noch nicht bekannt sein',
  'message.stuck.updater-queue':
    'Image Updater arbeitet seine Warteschlange ab: {{committed}} von {{total}} Anwendungen haben die Version',
  'message.stuck.updater-unusable':
    'Nicht committet: Image Updater kann die Einstellungen für dieses Image nicht verwenden: {{message}}',
  'message.stuck.updater-not-visible':
    'Noch nicht committet. Über Argo CD ist kein ImageUpdater sichtbar, aber Image Updater hat für diese Anwendung um {{at}} committet, also gibt es einen',
  'message.stuck.updater-not-enabled':
    'Nicht committet: Kein ImageUpdater mit useAnnotations wählt diese Anwendung aus, deshalb werden ihre Annotationen ignoriert',
  'message.stuck.updaters-unreadable':
    'Nicht committet, Ursache unbekannt: Die ImageUpdater-Ressourcen von Argo CD „{{instance}}“ konnten nicht gelesen werden',
  'message.stuck.updater-overdue':
    'Nicht committet, obwohl Image Updater genug Zeit hatte: {{cause}}',
  'message.stuck.merge-pending':
    'Wartet auf den Merge von Request {{request}}: {{url}}',
  'message.stuck.request-closed':
    'Nicht committet: Request {{request}} wurde ohne Merge geschlossen: {{url}}',
  'message.stuck.request-missing':
    'Auf dem Branch {{branch}} vorgeschlagen, aber es wurde kein Merge-Request geöffnet',
  'message.stuck.merge-not-compared':
    'Request {{request}} ist gemergt, aber Argo CD hat die neue Revision noch nicht verglichen: {{url}}',
  'message.stuck.not-refreshed':
    'Argo CD hat die neue Revision noch nicht verglichen',
  'message.stuck.comparison-failed': '{{message}}',
  'message.stuck.automated-sync-off':
    'Die automatische Synchronisierung ist ausgeschaltet',
  'message.stuck.rollback-undone':
    'Image Updater hat {{version}} nach dem Rollback erneut committet',
  'message.stuck.sync-window-closed': '{{cause}}',
  'message.stuck.sync-windows-unreadable':
    'Nicht synchronisiert. Ob ein Sync-Fenster das verhindert, ließ sich nicht feststellen',
  'message.stuck.sync-pending': 'Argo CD wird in Kürze synchronisieren',
  'message.stuck.syncing': '{{message}}',
  'message.stuck.sync-failing': '{{message}}',
  'message.stuck.rolling-out': '{{message}}',
  'message.stuck.suspended': '{{message}}',
  'message.stuck.degraded': '{{message}}',
  'message.stuck.missing': '{{message}}',
  'message.cause.reported': '{{message}}',
  'message.cause.updater-looked':
    'der ImageUpdater {{updater}} hat seine Anwendungen zuletzt um {{at}} geprüft',
  'message.cause.updater-wrote':
    'er meldet, dass er diese Anwendung um {{at}} auf {{version}} aktualisiert hat, aber Argo CD zeigt keinen solchen Commit',
  'message.cause.updater-wrote-some':
    'der ImageUpdater {{updater}} meldet, dass er das Image um {{at}} auf {{version}} aktualisiert hat, aber Argo CD zeigt keinen solchen Commit',
  'message.cause.updater-silent':
    'der ImageUpdater {{updater}} hat noch keine Prüfung gemeldet',
  'message.cause.image-unreferenced':
    'weder Annotationen noch ein ImageUpdater verweisen auf das Image',
  'message.cause.window-denies':
    'Ein Sync-Fenster verbietet die Synchronisierung: {{windows}}',
  'message.cause.window-awaited': 'Wartet auf ein Sync-Fenster: {{windows}}',
  'message.cause.window-denies-until':
    'Ein Sync-Fenster verbietet die Synchronisierung bis {{until}}: {{windows}}',
  'message.cause.window-awaited-until':
    'Wartet auf ein Sync-Fenster, das um {{until}} öffnet: {{windows}}',
  'message.cause.window': '{{duration}} ab {{schedule}}',
  'message.cause.window-in-zone': '{{duration}} ab {{schedule}} ({{timeZone}})',
  'message.cause.sync-running': 'Die Synchronisierung läuft',
  'message.cause.sync-failed': 'Die Synchronisierung ist fehlgeschlagen',
  'message.cause.no-pods': 'Derzeit führt kein Pod sie aus',
  'message.cause.pods-replaced': 'Pods werden ersetzt',
  'message.cause.rollout-paused': 'Der Rollout ist pausiert',
  'message.cause.resources-missing': 'Ressourcen der Anwendung fehlen',
  'message.cause.application-degraded': 'Die Anwendung ist Degraded',
  'message.cause.commit-not-observed':
    'Es wurde kein Commit mit {{version}} beobachtet, möglicherweise gehört die Version nicht zu dieser Änderung',
  'message.promotion.replaced': 'Ersetzt durch {{version}}',
  'message.promotion.passed-by':
    'Vor dem Deployment durch {{version}} abgelöst',
  'message.promotion.passed-by-many':
    'Durch {{version}} und weitere später gepushte Versionen abgelöst',
  'message.promotion.superseded-after-failing':
    'Nach einem Fehlschlag durch {{version}} abgelöst: {{cause}}',
  'message.promotion.superseded-after-failing-unexplained':
    'Nach einem Fehlschlag durch {{version}} abgelöst',
  'message.promotion.rolled-back': 'Auf {{version}} zurückgerollt',
  'message.promotion.rolled-back-by':
    'Von {{user}} auf {{version}} zurückgerollt',
  'message.promotion.not-applied':
    'Argo CD meldet die Anwendung als Synced, aber sie führt diese Version nicht aus',
  'message.promotion.image-removed':
    'Das Image wurde vor dem Deployment aus der Registry entfernt',
  'message.promotion.image-moved': 'Das Image kommt jetzt aus {{repository}}',
  'message.promotion.image-unused':
    'Die Anwendung verwendet das Image nicht mehr',
  'message.promotion.application-gone': 'Die Anwendung existiert nicht mehr',
  'message.promotion.sync-failed': '{{message}}',
  'message.promotion.degraded': '{{message}}',
  'message.promotion.degraded-unexplained': 'Die Anwendung ist Degraded',
  'message.promotion.other': '{{text}}',
  'message.verdict.chosen': 'von der Richtlinie übernommen',
  'message.verdict.image-name-invalid': '{{message}}',
  'message.verdict.constraint-missing': '{{message}}',
  'message.verdict.constraint-invalid':
    'der Versionsbereich ist nicht lesbar: {{message}}',
  'message.verdict.not-allowed': 'allow-tags {{allowTags}} passt nicht',
  'message.verdict.allow-tags-unreadable':
    'allow-tags ist nicht lesbar: {{allowTags}}',
  'message.verdict.ignored': 'ignore-tags {{pattern}} passt',
  'message.verdict.not-followed':
    'nicht der Tag {{tag}}, dessen Digest gefolgt wird',
  'message.verdict.unreadable':
    'Manifest oder Build-Datum konnte nicht gelesen werden',
  'message.verdict.platform-missing':
    'für {{found}} gebaut, nicht für {{wanted}}',
  'message.verdict.platforms-unknown':
    'für keine Plattform gebaut, also nicht für {{wanted}}',
  'message.verdict.not-semver': 'keine semantische Version',
  'message.verdict.prerelease':
    'eine Vorabversion, und der Versionsbereich {{constraint}} schließt keine ein',
  'message.verdict.prerelease-unconstrained':
    'eine Vorabversion; nur ein Versionsbereich mit Vorabversion wie >=1.0.0-0 schließt sie ein',
  'message.verdict.outside-constraint':
    'außerhalb des Versionsbereichs {{constraint}}',
  'message.verdict.lower': 'niedriger als {{chosen}}',
  'message.verdict.same-version':
    'dieselbe Version wie {{chosen}}, das in der Reihenfolge der Namen später kommt',
  'message.verdict.built-before': 'vor {{chosen}} gebaut',
  'message.verdict.built-together':
    'gleichzeitig mit {{chosen}} gebaut, das in der Reihenfolge der Namen später kommt',
  'message.verdict.build-date-unknown':
    'welche Version zuletzt gebaut wurde, ist nicht bekannt',
  'message.verdict.seems-older':
    'vor {{chosen}} gepusht; wann sie gebaut wurden, ist nicht bekannt',
  'message.verdict.sorts-before': 'wird vor {{chosen}} einsortiert',
  'message.verdict.older': 'eine andere Version wird bevorzugt',
  'message.verdict.duplicate': 'der Tag steht bereits weiter vorn in der Liste',
  'message.verdict.untagged':
    'ohne Tag, deshalb ignoriert Image Updater das Image',
  'message.selection.unusable': '{{message}}',
  'message.selection.no-tags': 'Das Repository hat keine Tags',
  'message.selection.unread': 'Das Repository konnte nicht gelesen werden',
  'message.selection.none':
    'Keine von {{total}} Versionen kann übernommen werden: {{verdicts}}',
  'message.selection.tally': '{{total}} × {{verdict}}',
  'message.selection.chosen': 'Image Updater setzt {{tag}}',
  'message.selection.not-live':
    'Die Anwendung verwendet {{image}} nicht, und Image Updater aktualisiert nur, was läuft',
  'message.selection.update': 'Image Updater ersetzt {{running}} durch {{tag}}',
  'message.selection.update-untagged':
    'Image Updater setzt {{tag}}, wo bisher kein Tag gesetzt ist',
  'message.selection.unpredictable':
    'Was Image Updater setzt, lässt sich nicht vorhersagen: Image Updater richtet sich nach Build-Daten, die hier nicht bekannt sind. Zuletzt gepusht wurde {{tag}}',
  'message.selection.downgrade':
    'Image Updater geht auf {{tag}} zurück, weil {{running}} nicht mehr gefunden oder nicht mehr akzeptiert wird',
  'message.selection.up-to-date': '{{tag}} läuft bereits',
  'message.doubt.build-date-unknown':
    'Image Updater richtet sich nach dem Build-Datum, das hier nicht bekannt ist. Stattdessen wird der Zeitpunkt des Pushs verwendet',
  'message.doubt.platforms-unknown':
    'Ob {{tag}} ein Image für {{platforms}} hat, ist hier nicht bekannt',
  'message.advice.updater-log': 'Näheres steht im Log von Image Updater',
  'message.advice.enable-updater':
    'Legen Sie einen ImageUpdater mit useAnnotations an, der diese Anwendung auswählt',
  'message.advice.check-updater':
    'Prüfen Sie das Log von Image Updater und den ImageUpdater {{updater}}',
  'message.advice.reference-image':
    'Verweisen Sie in der Annotation image-list oder in einem ImageUpdater auf das Image',
  'message.advice.grant-reading':
    'Argo CD verweigert den Zugriff: Geben Sie dem Konto des Portals `applications, get` für diese Anwendung und für die, die ImageUpdater-Ressourcen verwalten',
  'message.advice.wait-for-argocd':
    'Argo CD hat nicht geantwortet. Ein neuer Versuch folgt',
  'message.advice.portal-log':
    'Argo CD konnte nicht antworten. Näheres steht im Log des Portals',
  'message.advice.grant-kubernetes':
    'Kubernetes verweigert den Zugriff: Binden Sie das Dienstkonto des Portals an eine ClusterRole mit apiGroups: [{{group}}], resources: [imageupdaters], verbs: [list, watch]',
  'message.advice.install-updater':
    'Im Cluster gibt es die Ressourcenart ImageUpdater nicht: Installieren Sie dort Image Updater 1, oder korrigieren Sie delivery.imageUpdater.kubernetes in der Konfiguration',
  'message.advice.wait-for-kubernetes':
    'Die Kubernetes-API hat nicht geantwortet. Ein neuer Versuch folgt',
  'message.advice.kubernetes-log':
    'Die Kubernetes-API kann nicht gelesen werden. Näheres steht im Log des Portals',
  'message.advice.check-branch':
    'Prüfen Sie, ob er in das Repository, den Branch und den Pfad schreibt, denen Argo CD folgt',
  'message.advice.merge-request': 'Jemand muss den Request prüfen und mergen',
  'message.advice.reopen-request':
    'Öffnen Sie den Request wieder und mergen Sie ihn, oder pushen Sie eine andere Version',
  'message.advice.open-request':
    'Öffnen Sie einen Request, um {{branch}} in {{base}} zu mergen',
  'message.advice.sync-application':
    'Jemand muss die Anwendung synchronisieren',
  'message.advice.stop-update':
    'Um das zu verhindern, engen Sie den Versionsbereich ein, oder pushen Sie eine korrigierte Version',
  'message.advice.allow-tags-malformed':
    'Kein Tag ist erlaubt: Schreiben Sie „regexp:“ vor den Ausdruck, also „regexp:{{expression}}“',
  'message.advice.allow-tags-unknown-function':
    'Kein Tag ist erlaubt: Verwenden Sie „regexp:“ mit einem Ausdruck oder „any“ statt „{{name}}:“',
  'message.advice.allow-tags-invalid-expression':
    'Kein Tag ist erlaubt: Korrigieren Sie den Ausdruck; es muss ein Go-Ausdruck sein (RE2, ohne Look-around und Rückverweise): {{message}}',
  'message.advice.allow-tags-too-complex':
    'Landfall kann nicht auswerten, welche Tags erlaubt sind, und erlaubt deshalb keine. Image Updater selbst hat keine solche Grenze: Kürzen Sie den Ausdruck auf höchstens {{characters}} Zeichen und verwenden Sie insgesamt weniger als {{instructions}} Wiederholungen',
  'message.advice.application-type-unsupported':
    'Image Updater unterstützt nur Quellen von Helm und Kustomize sowie Plugins: Verwenden Sie eine davon, oder „kustomization“ oder „helmvalues:<file>“ als write-back target',
  'message.advice.applications-missing':
    'Verweisen Sie in spec.applicationRefs auf die Anwendungen',
  'message.advice.constraint-invalid':
    'Es wird nichts ausgewählt: Geben Sie einen Versionsbereich an, zum Beispiel ~1.4, ^2, 1.x oder „>=1.2 <2“, oder wählen Sie eine andere Strategie',
  'message.advice.constraint-too-long':
    'Landfall wertet Versionsbereiche mit mehr als {{characters}} Zeichen nicht aus und wählt deshalb nichts aus: Kürzen Sie den Versionsbereich',
  'message.advice.constraint-missing':
    'Geben Sie den Tag an, dessen Digest gefolgt werden soll, zum Beispiel „{{image}}:latest“',
  'message.advice.force-update-invalid':
    'Kein Image wird aktualisiert: Setzen Sie force-update auf „true“ oder „false“',
  'message.advice.git-secret-foreign':
    'Es wird nichts committet: Verwenden Sie ein Secret aus dem Namespace {{namespace}} der Anwendung',
  'message.advice.git-secret-unused':
    'Es wird nichts committet: Image Updater verwendet ein Secret nur für Repositorys mit https:// oder SSH. Verwenden Sie ein solches, oder git:repocreds als write-back method',
  'message.advice.ignore-tags-malformed':
    'Das Muster ignoriert nichts, und Image Updater meldet das nicht: Korrigieren Sie „{{pattern}}“, dessen Klammern geschlossen sein müssen',
  'message.advice.ignore-tags-too-long':
    'Landfall wertet nur die ersten {{used}} davon aus. Image Updater selbst hat keine solche Grenze: Verwenden Sie weniger oder kürzere Muster',
  'message.advice.image-list-empty':
    'Geben Sie in der Annotation {{annotation}} mindestens ein Image an',
  'message.advice.image-list-missing':
    'Geben Sie die Images der Anwendung in der Annotation {{annotation}} an, oder im ImageUpdater statt useAnnotations',
  'message.advice.image-name-empty':
    'Kein Image der Liste wird aktualisiert: Geben Sie nach „{{alias}}=“ das Image an',
  'message.advice.image-name-differs':
    'Das Image wird nie aktualisiert: Image Updater vergleicht Namen so, wie sie geschrieben sind, und die Anwendung verwendet {{running}}. Schreiben Sie das Image ebenso',
  'message.advice.image-name-invalid':
    'Keine Registry kann ein Repository mit diesem Namen haben: Korrigieren Sie das Image „{{image}}“',
  'message.advice.image-name-library':
    'Das Image wird nie aktualisiert: Image Updater 1.3 entfernt „library/“ aus den Namen laufender Images. Verschieben Sie das Image in ein Repository, dessen Name nicht damit beginnt',
  'message.advice.label-selector-invalid':
    'Die Referenz wählt nichts aus: Korrigieren Sie ihre labelSelectors',
  'message.advice.manifest-targets-ambiguous':
    'Kein Image der Liste wird aktualisiert: Behalten Sie entweder die Annotationen helm.* oder kustomize.* von {{alias}}',
  'message.advice.manifest-targets-of-image-ambiguous':
    'Das Image wird ausgelassen: Behalten Sie in manifestTargets nur eines von helm, kustomize und plugin',
  'message.advice.name-pattern-invalid':
    'Die ganze Ressource bewirkt nichts: Korrigieren Sie namePattern, dessen Klammern geschlossen sein müssen',
  'message.advice.not-enabled':
    'Ab Version 1 ignoriert Image Updater Annotationen, sofern nicht ein ImageUpdater im Namespace {{namespace}} sie aktiviert: Legen Sie einen mit applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] an',
  'message.advice.not-visible':
    'Image Updater hat für diese Anwendung um {{at}} committet, also gibt es einen ImageUpdater. Damit zu sehen ist, was er tut, muss ihn eine Argo-CD-Anwendung verwalten, die Landfall liest, oder delivery.imageUpdater.kubernetes in der Konfiguration gesetzt sein',
  'message.advice.overlapping-updaters':
    'Beide machen die Änderungen des anderen rückgängig: Grenzen Sie namePattern und labelSelectors so ab, dass sie einander ausschließen',
  'message.advice.platform-malformed':
    'Kein Image passt zu „{{platform}}“: Geben Sie die Plattform als os/architecture an, zum Beispiel linux/arm64',
  'message.advice.pull-secret-foreign':
    'Das Image wird nie aktualisiert: Verwenden Sie ein Secret aus dem Namespace {{namespace}} der Anwendung',
  'message.advice.pull-secret-invalid':
    'Das Image wird nie aktualisiert: Schreiben Sie das Secret als pullsecret:{{namespace}}/<name> oder secret:{{namespace}}/<name>#<field>, oder verwenden Sie env:<variable> oder ext:/<Pfad eines Skripts>',
  'message.advice.pull-request-branch':
    'Es wird nichts geschrieben: Geben Sie nur den Basis-Branch an',
  'message.advice.pull-request-provider':
    'Es wird nichts geschrieben: Behalten Sie nur eines von github und gitlab',
  'message.advice.source-missing': 'Geben Sie der Application eine Quelle',
  'message.advice.strategy-renamed':
    'Schreiben Sie „{{strategy}}“ statt „{{name}}“',
  'message.advice.strategy-unknown':
    'Verwenden Sie semver, newest-build, alphabetical oder digest als Strategie',
  'message.advice.write-back-branch-invalid':
    'Es wird nichts geschrieben: Geben Sie den Branch als base, base:target oder :target an',
  'message.advice.write-back-credentials-invalid':
    'Es wird nichts geschrieben: Verwenden Sie git:repocreds oder git:secret:<namespace>/<name> als write-back method',
  'message.advice.write-back-method-invalid':
    'Es wird nichts geschrieben: Verwenden Sie argocd, git, git:repocreds oder git:secret:<namespace>/<name> als write-back method',
  'message.advice.write-back-target-invalid':
    'Es wird nichts geschrieben: Verwenden Sie „kustomization:“ und den Ordner als write-back target',
};
