/** @internal */
export const performance = {
  'performance.title': 'Delivery-Performance',
  'performance.loading': 'Delivery-Performance wird geladen',
  'performance.error': 'Die Delivery-Performance konnte nicht geladen werden.',
  'performance.errorStale':
    'Die Delivery-Performance konnte nicht aktualisiert werden. Angezeigt werden die letzten bekannten Zahlen.',
  'performance.noApplications':
    'Es sind keine Anwendungen bekannt, die gemessen werden können.',
  'performance.noDeployments': 'Keine Deployments in diesem Zeitraum.',
  'performance.controls.period': 'Zeitraum',
  'performance.controls.interval': 'Gruppiert nach',
  'performance.controls.environment': 'Umgebung',
  'performance.controls.allEnvironments': 'Alle',
  'performance.controls.days': 'Letzte {{value}} Tage',
  'performance.controls.weeks': 'Letzte {{value}} Wochen',
  'performance.controls.dates': 'Zwischen zwei Tagen',
  'performance.controls.from': 'Erster Tag',
  'performance.controls.to': 'Letzter Tag',
  'performance.controls.problems.incomplete': 'Geben Sie beide Tage an.',
  'performance.controls.problems.reversed':
    'Der letzte Tag liegt vor dem ersten.',
  'performance.controls.problems.too-long':
    'Wählen Sie höchstens ein Jahr aus.',
  'performance.controls.day': 'Tag',
  'performance.controls.week': 'Woche',
  'performance.figures.list': 'Kennzahlen',
  'performance.figures.none': 'Keine Daten',
  'performance.figures.definitionOf': 'Definition von {{title}}',
  'performance.figures.within90': '90 % innerhalb von {{duration}}',
  'performance.frequency.title': 'Häufigkeit der Deployments',
  'performance.frequency.perDay': '{{value}} pro Tag',
  'performance.frequency.perWeek': '{{value}} pro Woche',
  'performance.frequency.perMonth': '{{value}} pro Monat',
  'performance.frequency.detail': 'Deployments: {{deployments}}',
  'performance.frequency.oneDeployment': 'Ein Deployment',
  'performance.frequency.definition':
    'Wie oft eine Synchronisierung von Argo CD neue Versionen in eine Anwendung gebracht hat und die Anwendung mit ihnen Healthy wurde. Alle Images einer Synchronisierung zählen als ein Deployment. Rollbacks und andere Wechsel zurück auf eine frühere Version zählen nicht.',
  'performance.leadTime.title': 'Durchlaufzeit',
  'performance.leadTime.definition':
    'Vom Push eines Images in seine Registry, bis die Anwendung damit Healthy war; die Hälfte der Versionen brauchte nicht länger. Es zählt das erste Deployment einer Version in eine Anwendung.',
  'performance.failureRate.title': 'Fehlerquote bei Änderungen',
  'performance.failureRate.detail':
    '{{failures}} von {{attempts}} Deployments fehlgeschlagen',
  'performance.failureRate.definition':
    'Der Anteil der Deployments, deren Synchronisierung fehlschlug, die Degraded wurden, bevor sie Healthy waren, oder die zurückgerollt wurden, auch wenn sie sich erholten.',
  'performance.restoreTime.title': 'Zeit bis zur Wiederherstellung',
  'performance.restoreTime.definition':
    'Vom Fehlschlag eines Deployments, bis die Anwendung mit dieser oder einer späteren Version Healthy war oder der Rollback angewendet wurde; die Hälfte der Fehlschläge dauerte nicht länger.',
  'performance.trend.more':
    '{{value}} mehr als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.less':
    '{{value}} weniger als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.longer':
    '{{value}} länger als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.shorter':
    '{{value}} kürzer als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.pointsMore':
    '{{value}} Prozentpunkte mehr als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.pointsLess':
    '{{value}} Prozentpunkte weniger als in den {{days}} Tagen davor: {{judgement}}',
  'performance.trend.same': 'Wie in den {{days}} Tagen davor',
  'performance.trend.none': 'Keine Zahlen aus den {{days}} Tagen davor',
  'performance.trend.better': 'besser',
  'performance.trend.worse': 'schlechter',
  'performance.shares.title': 'Zusammensetzung der Durchlaufzeit',
  'performance.shares.caption':
    'Mittelwert über {{versions}} Versionen, bei denen jede Stufe bekannt ist',
  'performance.shares.stage': 'Stufe',
  'performance.shares.mean': 'Mittlere Zeit',
  'performance.shares.share': 'Anteil',
  'performance.shares.proposed': 'Bis zum Vorschlag',
  'performance.shares.committed': 'Bis zum Commit',
  'performance.shares.synced': 'Bis zur Synchronisierung',
  'performance.shares.healthy': 'Bis zum Status Healthy',
  'performance.charts.deployments': 'Deployments und Fehlschläge',
  'performance.charts.leadTime': 'Durchlaufzeit',
  'performance.charts.restoreTime': 'Zeit bis zur Wiederherstellung',
  'performance.charts.succeeded': 'Ohne Fehlschlag',
  'performance.charts.failed': 'Fehlgeschlagen',
  'performance.charts.median': 'Median',
  'performance.charts.p90': '90. Perzentil',
  'performance.charts.description':
    '{{title}}, {{from}} bis {{to}}. {{summary}}.',
  'performance.charts.highest': '{{series}}: Höchstwert {{value}}, {{at}}',
  'performance.charts.nothing': 'Keine Daten',
  'performance.charts.asTable': 'Tabelle',
  'performance.charts.asChart': 'Diagramm',
  'performance.charts.showTable': '{{title}} als Tabelle anzeigen',
  'performance.charts.showChart': '{{title}} als Diagramm anzeigen',
  'performance.charts.csv': 'CSV',
  'performance.charts.download': '{{title}} als CSV herunterladen',
  'performance.table.day': 'Tag (UTC)',
  'performance.table.week': 'Woche (UTC)',
  'performance.table.deployments': 'Deployments',
  'performance.table.healthy': 'Healthy',
  'performance.table.failures': 'Fehlgeschlagen',
  'performance.table.failureRate': 'Fehlerquote',
  'performance.table.versions': 'Versionen',
  'performance.table.restored': 'Wiederhergestellt',
  'performance.table.unknown': 'nicht beobachtet',
  'performance.table.none': '–',
  'performance.notes.knownSince':
    'Aus der Zeit vor dem {{day}} ist nichts bekannt.',
  'performance.notes.observed':
    'Meldet keine Quelle eine Zeit, gilt der Zeitpunkt, zu dem Landfall das Ereignis bemerkt hat. Versionen mit solchen Zeiten: {{versions}}.',
  'performance.notes.leftOut': 'Nicht enthalten: {{reasons}}.',
  'performance.notes.reason': '{{reason}}: {{total}}',
  'performance.notes.utc': 'Die Tage beziehen sich auf UTC.',
  'performance.leftOut.before-watch':
    'ausgerollt, bevor Landfall die Anwendung beobachtete',
  'performance.leftOut.repeated':
    'Rollbacks und andere Wechsel zurück auf eine frühere Version',
  'performance.leftOut.under-way': 'noch unterwegs',
  'performance.leftOut.unconfirmed':
    'ersetzt, bevor sie als Healthy beobachtet wurden',
  'performance.leftOut.no-push-time':
    'ohne Zeitpunkt des Pushs (nur bei der Durchlaufzeit)',
  'performance.leftOut.no-stage-times':
    'ohne Zeitpunkt einer Stufe (nur bei den Anteilen)',
  'performance.leftOut.no-failure-time':
    'ohne Fehlschlag zurückgerollt (nur bei der Zeit bis zur Wiederherstellung)',
  'performance.leftOut.not-restored':
    'noch nicht wiederhergestellt (nur bei der Zeit bis zur Wiederherstellung)',
} as const;
