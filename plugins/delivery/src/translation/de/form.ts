/** @internal */
export const form = {
  'form.chooseService': 'Wählen Sie zuerst einen Service.',
  'form.name.checking': 'Der Name wird geprüft',
  'form.name.free': 'Der Name ist frei.',
  'form.name.own':
    '{{entityRef}} existiert und gehört Ihnen: Die Vorlage ergänzt, was fehlt.',
  'form.name.refused': 'Der Service lässt sich nicht anlegen: {{message}}',
  'form.name.error':
    'Der Name konnte nicht geprüft werden. Die Vorlage prüft ihn erneut, bevor sie etwas anlegt.',
  'form.environments.loading': 'Die Umgebungen werden geladen',
  'form.environments.none':
    'Es sind keine Umgebungen konfiguriert. Nennen Sie sie in der Konfiguration unter delivery.environments.',
  'form.environments.noneOfService':
    'Der Service hat noch in keiner Umgebung eine Anwendung.',
  'form.environments.unknown': '{{name}} (nicht angeboten)',
  'form.environments.error': 'Die Umgebungen konnten nicht geladen werden.',
  'form.version.label': 'Version',
  'form.version.repository': 'Image',
  'form.version.choose': 'Wählen Sie eine Version',
  'form.version.loading': 'Die Versionen werden geladen',
  'form.version.none':
    'Von {{name}} ist noch kein Image bekannt. Sobald eines gepusht ist, erscheinen hier seine Versionen.',
  'form.version.runsIn': 'läuft in {{environments}}',
  'form.version.nextIn': 'Image Updater wählt sie für {{environments}}',
  'form.version.now': 'Was Image Updater jetzt wählen würde',
  'form.version.chosen': 'Was für {{version}} gilt',
  'form.version.others': 'Warum nicht die anderen',
  'form.version.error':
    'Die Versionen von {{name}} konnten nicht geladen werden.',
  'form.preview.title': 'Dateien, die die Vorlage schreibt',
  'form.preview.files': 'Dateien',
  'form.preview.reading': 'Die Vorschau wird aktualisiert',
  'form.preview.incomplete':
    'Die Vorschau erscheint, sobald das Formular ausgefüllt ist: {{problems}}',
  'form.preview.failed': 'Die Vorlage würde abbrechen: {{message}}',
  'form.preview.denied':
    'Sie dürfen keine Dateien vorab ansehen. Dazu ist die Berechtigung scaffolder.template.dry-run nötig.',
  'form.preview.empty': 'Die Vorlage schreibt keine Dateien.',
  'form.preview.noText':
    'Nicht angezeigt, weil die Datei groß oder kein Text ist.',
  'form.preview.more': 'Die ersten {{shown}} von {{total}} Dateien.',
  'form.preview.error': 'Die Vorschau konnte nicht aktualisiert werden.',
};
