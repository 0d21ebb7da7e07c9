/** @internal */
export const images = {
  'images.removed':
    '{{version}} läuft, ist aber nicht mehr im Repository: Pods, die anderswo starten, können das Image nicht laden',
  'images.title': 'Images',
  'images.loading': 'Images werden geladen',
  'images.repository': 'Repository',
  'images.allRepositories': 'Alle',
  'images.column.tags': 'Tags',
  'images.column.digest': 'Digest',
  'images.column.pushed': 'Gepusht',
  'images.column.findings': 'Befunde',
  'images.column.runsIn': 'Läuft in',
  'images.column.verdict': 'Image Updater',
  'images.untagged': 'kein Tag',
  'images.moreTags': '{{total}} weitere',
  'images.moreApplications': '{{total}} weitere',
  'images.seen': 'gesehen',
  'images.severity.CRITICAL': '{{amount}} kritisch',
  'images.severity.HIGH': '{{amount}} hoch',
  'images.severity.MEDIUM': '{{amount}} mittel',
  'images.severity.LOW': '{{amount}} niedrig',
  'images.severity.INFORMATIONAL': '{{amount}} zur Information',
  'images.severity.UNDEFINED': '{{amount}} ohne Schweregrad',
  'images.severity.other': '{{amount}} {{severity}}',
  'images.scan.none': 'Keine Befunde',
  'images.scan.pending': 'Scan läuft',
  'images.scan.failed': 'Scan fehlgeschlagen',
  'images.scan.unsupported': 'Kann nicht gescannt werden',
  'images.scan.expired': 'Zu alt für einen Scan',
  'images.scan.unavailable': 'Befunde nicht bekannt',
  'images.scan.notScanned': 'Nicht gescannt',
  'images.scan.other': 'Scan: {{status}}',
  'images.problems': 'Probleme mit den Repositorys',
  'images.openImage': '{{digest}} in der Registry öffnen',
  'images.verdict.runs': 'Läuft',
  'images.verdict.next': 'Als Nächstes',
  'images.verdict.sameTag':
    'Der Tag läuft bereits; seinem Digest wird nicht gefolgt',
  'images.verdict.notEnabled':
    'Wäre als Nächstes an der Reihe, ist aber nicht aktiviert',
  'images.verdict.notLive':
    'Wäre als Nächstes an der Reihe, aber die Anwendung verwendet dieses Image nicht',
  'images.verdict.passedOver': 'Übergangen: {{reason}}',
  'images.verdict.none': 'Keine Richtlinie',
  'images.empty.unread':
    'Die Images von {{repository}} konnten nicht gelesen werden.',
  'images.empty.unknown':
    'Zu {{name}} sind keine Images bekannt. Sobald eine der Anwendungen in Argo CD ein Image verwendet oder für Image Updater angibt, erscheinen hier die Images seines Repositorys. Das gilt auch für Repositorys aus den Annotationen aws.amazon.com/amazon-ecr-arn und aws.amazon.com/amazon-ecr-tags.',
  'images.empty.repository':
    'In {{repository}} wurde noch kein Image gefunden. Pushen Sie eines, oder prüfen Sie, ob Landfall für diese Registry konfiguriert ist.',
  'images.error.read': 'Die Images von {{name}} konnten nicht geladen werden.',
  'images.error.reread':
    'Die Images von {{name}} konnten nicht aktualisiert werden. Angezeigt wird der letzte bekannte Stand.',
  'images.applications.list': 'Was Image Updater als Nächstes tut',
  'images.applications.unmanaged':
    'Für die Images ist keine Aktualisierung eingestellt',
  'images.applications.unusable':
    'Die Einstellungen für Image Updater sind nicht verwendbar',
  'images.applications.open': 'Was würde Image Updater tun?',
  'images.applications.openFor':
    'Was würde Image Updater mit {{application}} tun?',
  'images.applications.more': 'Weitere {{total}} Anwendungen anzeigen',
  'images.applications.fewer': 'Weniger Anwendungen anzeigen',
  'images.findings.list':
    'Einstellungen von Image Updater, die geändert werden sollten',
  'images.findings.application': '{{environment}}, {{application}}',
  'images.findings.severity.error': 'Fehler',
  'images.findings.severity.warning': 'Warnung',
  'images.findings.severity.info': 'Hinweis',
  'images.findings.sentence': '{{sentence}}.',
  'images.findings.place': '{{kind}} {{name}}: {{place}}',
  'images.availability.available':
    '{{version}} ist verfügbar: Image Updater übernimmt die Version im nächsten Zyklus',
  'images.availability.downgrade':
    'Image Updater geht im nächsten Zyklus auf {{version}} zurück',
  'images.availability.passedOver': 'Übergangen: {{version}} ({{reason}})',
  'images.availability.notEnabled':
    'Image Updater ist nicht aktiviert: {{advice}}',
  'images.availability.unusable': 'Image Updater tut nichts: {{advice}}',
  'images.updater.title': 'Was würde Image Updater tun?',
  'images.updater.subtitle':
    '{{application}} in {{environment}}, {{repository}}',
  'images.updater.intro':
    'Ändern Sie die Richtlinie und sehen Sie, welche Tags des Repositorys sie übernimmt. Es wird nichts gespeichert.',
  'images.updater.close': 'Schließen',
  'images.updater.notFound':
    'Die verlinkte Anwendung gehört nicht zu {{name}} oder existiert nicht mehr.',
  'images.updater.form': 'Richtlinie',
  'images.updater.constraint': 'Versionsbereich',
  'images.updater.followedTag': 'Tag, dem gefolgt wird',
  'images.updater.constraintUnused':
    'Wird von dieser Strategie nicht berücksichtigt',
  'images.updater.constraintHelp':
    'Zum Beispiel ~1.4 oder >=1.2 <2; leer: jede Version',
  'images.updater.followedTagHelp':
    'Sein Digest wird verfolgt, zum Beispiel latest',
  'images.updater.strategy': 'Strategie',
  'images.updater.strategies.semver': 'semver: die höchste Version',
  'images.updater.strategies.newestBuild': 'newest-build: der neueste Build',
  'images.updater.strategies.alphabetical': 'alphabetical: der letzte Name',
  'images.updater.strategies.digest': 'digest: ein Tag, nach seinem Digest',
  'images.updater.allowTags': 'Erlaubte Tags',
  'images.updater.allowTagsHelp': 'regexp: und ein Go-Ausdruck, oder any',
  'images.updater.ignoreTags': 'Ignorierte Tags',
  'images.updater.ignoreTagsHelp': 'Muster wie *-rc*, durch Kommas getrennt',
  'images.updater.platforms': 'Plattformen',
  'images.updater.platformsHelp':
    'Zum Beispiel linux/arm64; leer: die von Image Updater',
  'images.updater.reset': 'Zurücksetzen',
  'images.updater.result': 'Ergebnis',
  'images.updater.problems': 'Probleme mit der Richtlinie',
  'images.updater.others': 'Die anderen Tags',
  'images.updater.tag': 'Tag',
  'images.updater.pushed': 'Gepusht',
  'images.updater.reason': 'Grund',
  'images.updater.runs': 'läuft',
  'images.updater.more': 'und {{total}} weitere',
  'images.updater.annotations': 'Als Annotationen der Application',
  'images.updater.annotationsHelp':
    'Unter metadata.annotations, sofern ein ImageUpdater mit useAnnotations sie aktiviert.',
  'images.updater.copy': 'Annotationen kopieren',
  'images.updater.noAnnotations':
    'Die Annotation image-list trennt Images durch Kommas und kann diesen Versionsbereich deshalb nicht enthalten. Schreiben Sie ihn ohne Komma: Sollen alle Teile gelten, trennen Sie sie durch Leerzeichen.',
};
