/** Why a version can't be changed in Git, and what to do about it. @internal */
export const versionChange = {
  'message.change.yaml-invalid':
    '{{path}} lässt sich nicht als YAML lesen: {{message}}. Korrigieren Sie zuerst die Datei',
  'message.change.file-missing':
    '{{path}} fehlt in der Revision, der Argo CD folgt, oder ist keine Textdatei',
  'message.change.file-too-large':
    '{{path}} ist zu groß, um hier geändert zu werden',
  'message.change.version-invalid':
    '„{{version}}“ kann kein Tag eines Images sein. Ein Tag besteht aus Buchstaben, Ziffern, Punkten, Unterstrichen und Bindestrichen',
  'message.change.version-not-found':
    '{{path}} enthält keinen Wert für die Version von {{repository}}. Ergänzen Sie ihn mit der laufenden Version, oder ändern Sie die Version von Hand',
  'message.change.version-included':
    'Die Version von {{repository}} steht in {{place}}, das {{path}} einbindet. Dort wurde nichts geändert, denn auch andere Umgebungen können es einbinden. Ergänzen Sie images in {{path}} um einen Eintrag mit {{repository}} als name und der laufenden Version als newTag, oder ändern Sie die Version von Hand',
  'message.change.version-elsewhere':
    '{{path}} enthält keinen Wert für die Version von {{repository}} und bindet ein, was nicht in diesem Repository liegt: {{remote}}. Ergänzen Sie images in {{path}} um einen Eintrag mit {{repository}} als name und der laufenden Version als newTag, oder ändern Sie die Version von Hand',
  'message.change.version-ambiguous':
    '{{path}} enthält mehrere mögliche Werte für die Version von {{repository}} ({{keys}}), darum wurde keiner geändert. Nennen Sie den richtigen in den Einstellungen von Image Updater, oder ändern Sie ihn von Hand',
  'message.change.version-shared':
    'Der Wert {{key}} in {{path}} setzt über einen YAML-Anker auch andere Werte. Ändern Sie ihn von Hand',
  'message.change.version-pinned':
    'Der Wert {{key}} in {{path}} nennt einen Digest, neben dem ein Tag nicht wirkt. Entfernen Sie den Digest, oder ändern Sie ihn von Hand',
  'message.change.version-not-text':
    'Der Wert {{key}} in {{path}} ist kein einzelner Text und kann keine Version enthalten. Ändern Sie ihn von Hand',
  'message.change.same':
    'In Git steht für {{repository}} schon {{version}}, es würde sich nichts ändern',
  'message.change.source-not-git':
    'Die Version von {{repository}} steht in keinem Git-Repository, das die Anwendung nutzt. Ändern Sie sie dort, wo die Anwendung definiert ist',
  'message.change.sources-ambiguous':
    'Mehrere Quellen der Anwendung können die Version von {{repository}} bestimmen. Nennen Sie die Datei in den Einstellungen von Image Updater, oder ändern Sie die Version von Hand',
  'message.change.updater-writes-to-cluster':
    'Image Updater schreibt die Version von {{repository}} in die Application im Cluster, nicht in Git. Setzen Sie write-back-method auf git',
  'message.change.manifest-not-found':
    'Die Version von {{repository}} steht in der Application {{application}} selbst ({{field}} ihrer Quelle). In {{url}}, dem einzigen Repository, das geändert wird, wurde kein Manifest von ihr mit dieser Version gefunden. Ändern Sie sie dort, wo die Application definiert ist, oder entfernen Sie sie dort und setzen Sie die Version in einer Datei von {{url}}',
  'message.change.hold-not-found':
    'Image Updater lässt sich für {{repository}} nicht anhalten: {{resource}} mit seinen Einstellungen wurde in {{url}} nicht gefunden',
  'message.change.hold-without-alias':
    'Image Updater lässt sich für {{repository}} nicht anhalten: Das Image hat in image-list keinen Alias. Geben Sie ihm einen',
  'message.change.hold-several':
    'Image Updater lässt sich für {{repository}} nicht anhalten: {{total}} Einträge folgen ihm. Behalten Sie einen davon',
  'message.change.not-held':
    'Die Updates von {{repository}} sind nicht angehalten',
  'message.change.not-updated':
    'Image Updater aktualisiert {{repository}} hier nicht, also gibt es nichts anzuhalten',
  'message.change.refused': '{{message}}',
  'message.change.note-approval':
    'Wartet, bis jemand von {{approvers}} zustimmt',
  'message.change.note-no-image':
    'Beim letzten Lesen hatte die Registry kein Image {{version}}. Prüfen Sie die Version, falls sie nicht eben erst gepusht wurde',
  'message.change.note-merge':
    'Es ändert sich nichts, bis jemand den Request mergt',
  'message.change.note-syncs':
    'Argo CD synchronisiert von selbst, sobald die Änderung im Branch ist',
  'message.change.note-sync-manual':
    'Die automatische Synchronisierung ist ausgeschaltet: Synchronisieren Sie die Anwendung, sobald die Änderung im Branch ist',
  'message.change.note-updater-moves':
    'Image Updater setzt danach im nächsten Zyklus {{version}}',
  'message.change.note-held':
    'Image Updater ändert die Version nicht, bis die Updates fortgesetzt werden',
  'message.change.note-resumes':
    'Image Updater setzt danach im nächsten Zyklus {{version}}',
} as const;
