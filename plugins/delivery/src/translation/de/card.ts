/** @internal */
export const card = {
  'card.progress.updated': '{{pods}} von {{of}} Pods aktualisiert',
  'card.progress.updatedOnly': 'aktualisierte Pods: {{pods}}',
  'card.progress.available': '{{pods}} von {{of}} Pods bereit',
  'card.progress.unready': 'nicht bereite Pods: {{pods}}',
  'card.progress.ending': 'alte Pods, die noch beendet werden: {{pods}}',
  'card.progress.workload': '{{workload}}: {{progress}}',
  'card.drift.resources': 'Weicht von Git ab: {{resources}}',
  'card.drift.more': '{{total}} weitere',
  'card.drift.showAll':
    'Alle Ressourcen von {{application}} anzeigen, die von Git abweichen',
  'card.drift.showFewer': 'Weniger Ressourcen von {{application}} anzeigen',
  'card.drift.unlisted': 'und {{total}} weitere',
  'card.pods.one': 'Pod {{pod}} schlägt fehl: {{reason}}',
  'card.pods.several':
    '{{pods}} Pods schlagen fehl, zum Beispiel {{pod}}: {{reason}}',
  'card.pods.unknown': 'kein Grund gemeldet',
  'card.source.chart': 'Helm-Chart {{name}} {{version}}',
  'card.source.chartOnly': 'Helm-Chart {{name}}',
  'card.source.several': '{{total}} Quellen',
  'card.image.open': 'Das Image {{version}} in seiner Registry öffnen',
  'card.image.first':
    'Es läuft noch keine Version. Die erste erscheint hier, nachdem sie gepusht wurde:',
  'card.image.firstOnly':
    'Es läuft noch keine Version. Die erste erscheint hier, nachdem sie gepusht und synchronisiert wurde.',
  'card.environments.more': '{{total}} weitere Umgebungen anzeigen',
  'card.environments.oneMore': '1 weitere Umgebung anzeigen',
  'card.environments.fewer': 'Weniger Umgebungen anzeigen',
  'card.environments.none':
    'Diese Karte zeigt nur bestimmte Umgebungen und Repositorys ({{settings}}), und {{name}} hat keine davon. Der Tab Deployments zeigt alle.',
  'card.first.reading':
    'Argo CD {{instances}} wird zum ersten Mal gelesen. Sobald das abgeschlossen ist, erscheinen seine Anwendungen hier.',
  'card.first.unconfigured': 'Es ist kein Argo CD konfiguriert.',
  'card.first.configure':
    'Die Administration dieses Portals muss es in app-config.yaml eintragen:',
  'card.first.suggested':
    'Diese Argo-CD-Anwendungen gehören nachweislich dazu und heißen ähnlich: {{applications}}. Um sie anzuzeigen, fügen Sie diese Zeile in catalog-info.yaml unter metadata.annotations ein:',
  'card.first.orSuggested': 'Oder über die Namen: {{applications}}',
  'card.refused.forbidden':
    'Sie dürfen die Deployments von {{name}} nicht sehen.',
  'card.refused.forbiddenHint':
    'Bitten Sie den Eigentümer oder die Administration dieses Portals um Zugriff.',
  'card.refused.missing':
    '{{name}} ist nicht mehr im Katalog, oder Sie haben dort keinen Zugriff darauf.',
  'card.refused.signedOut': 'Ihre Sitzung ist abgelaufen.',
  'card.refused.signedOutHint':
    'Laden Sie die Seite neu, um sich wieder anzumelden.',
  'card.part.failed': 'Dieser Teil der Seite kann nicht angezeigt werden.',
  'filters.title': 'Filter',
  'filters.titleSet': 'Filter ({{total}})',
};
