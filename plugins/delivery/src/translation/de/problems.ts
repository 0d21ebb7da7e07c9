/** @internal */
export const problems = {
  'message.problem.annotation-too-long':
    '{{annotation}} hat {{characters}} Zeichen; nur die Einträge in den ersten {{limit}} werden verwendet',
  'message.problem.too-many':
    '{{annotation}} hat {{entries}} Einträge; nur die ersten {{limit}} werden verwendet',
  'message.problem.name-malformed':
    'Einträge in {{annotation}}, die keine Namen von Anwendungen sein können: {{names}}',
  'message.problem.instance-unknown':
    '{{annotation}} verweist auf Argo-CD-Instanzen, die nicht konfiguriert sind: {{instances}}',
  'message.problem.applications-withheld':
    'Anwendungen, die zu den Annotationen passen, aber nicht angezeigt werden, weil nichts belegt, dass sie der Entität gehören: {{total}}',
  'message.problem.arn-missing': '{{annotation}} ist leer',
  'message.problem.arn-malformed':
    '„{{arn}}“ in {{annotation}} ist nicht verwendbar: {{fault}}',
  'message.problem.tags-malformed':
    '{{annotation}} ist nicht verwendbar: {{faults}}',
  'message.problem.tags-too-long':
    '{{annotation}} hat {{characters}} Zeichen und wird nicht verwendet; höchstens {{limit}} sind erlaubt',
  'message.problem.repository-not-allowed':
    '{{annotation}} verweist auf {{repository}} des Kontos {{account}} in {{region}}, das diese Entität nicht anzeigen darf',
  'message.problem.repositories-not-allowed':
    'Repositorys, die {{annotation}} findet, die diese Entität aber nicht anzeigen darf: {{total}}',
  'message.problem.nothing-tagged': 'Kein Repository hat die Tags {{tags}}',
  'message.problem.too-many-tagged':
    'Mehr als {{limit}} Repositorys haben die Tags {{tags}}; nur die ersten {{limit}} werden verwendet',
  'message.problem.search-failed':
    'Repositorys mit den Tags {{tags}} konnten nicht überall gesucht werden',
  'message.problem.account-not-configured':
    '{{repository}} wird nicht gelesen, weil das AWS-Konto nicht konfiguriert ist',
  'message.problem.read-failed': '{{repository}} konnte nicht gelesen werden',

  'message.fault.not-an-arn': 'nicht die ARN eines Repositorys',
  'message.fault.partition-unknown':
    'die Partition {{partition}} ist keine von {{partitions}}',
  'message.fault.region-elsewhere':
    'die Partition {{partition}} hat keine Region {{region}}',
  'message.fault.repository-name-invalid':
    'ECR akzeptiert den Namen „{{name}}“ nicht',
  'message.fault.no-tag': 'kein Tag ist angegeben',
  'message.fault.tag-without-value': '„{{tag}}“ hat kein Gleichheitszeichen',
  'message.fault.tag-without-key': '„{{tag}}“ hat keinen Schlüssel',
  'message.fault.tag-too-long': '„{{tag}}“ ist länger, als AWS erlaubt',
  'message.fault.tag-character-invalid':
    '„{{tag}}“ hat ein Zeichen, das AWS nicht erlaubt',
  'message.fault.tag-contradictory':
    '„{{tag}}“ gibt {{key}} einen zweiten Wert',

  'message.detail.reported': '{{message}}',
  'message.detail.instances-configured': 'Konfiguriert sind {{instances}}',
  'message.detail.no-instance-configured': 'Es ist keine Instanz konfiguriert',

  'message.instance.unreachable': 'Argo CD ist nicht erreichbar',
  'message.instance.connection-refused': 'Argo CD lehnt die Verbindung ab',
  'message.instance.host-not-found':
    'Der Name des Hosts von Argo CD kann nicht aufgelöst werden',
  'message.instance.timed-out': 'Argo CD antwortet nicht rechtzeitig',
  'message.instance.certificate-untrusted':
    'Der Stelle, die das Zertifikat von Argo CD signiert hat, wird nicht vertraut',
  'message.instance.certificate-expired':
    'Das Zertifikat von Argo CD ist abgelaufen oder noch nicht gültig',
  'message.instance.certificate-of-another-host':
    'Das Zertifikat von Argo CD gilt für einen anderen Hostnamen',
  'message.instance.tls-failed':
    'Zu Argo CD konnte keine verschlüsselte Verbindung aufgebaut werden',
  'message.instance.credentials-unusable':
    'Die Zugangsdaten von Landfall für Argo CD sind nicht verwendbar',
  'message.instance.unauthorized':
    'Argo CD akzeptiert die Zugangsdaten von Landfall nicht',
  'message.instance.forbidden':
    'Dem Konto von Landfall in Argo CD fehlt eine Berechtigung',
  'message.instance.invalid-answer': 'Die Antwort von Argo CD ist nicht lesbar',
  'message.instance.not-stored':
    'Die Meldungen von Argo CD konnten nicht gespeichert werden',
  'message.instance.partly-unread':
    'Einige Anwendungen dieses Argo CD können nicht gelesen werden',
  'message.instance.list-unconfirmed':
    'Argo CD hat weit weniger Anwendungen aufgelistet als zuvor; bis das bestätigt ist, gilt der letzte bekannte Stand',
  'message.instance.unknown': 'Argo CD kann nicht beobachtet werden',

  'message.advice.shorten-names':
    'Geben Sie weniger Namen an, oder wählen Sie die Anwendungen mit {{selector}} oder {{project}} aus',
  'message.advice.shorten-instances':
    'Geben Sie weniger Instanzen an, oder entfernen Sie {{annotation}}, um alle zu durchsuchen',
  'message.advice.write-names':
    'Schreiben Sie {{annotation}} als <name> oder <namespace>/<name>, mehrere durch Kommas getrennt',
  'message.advice.correct-instance':
    'Korrigieren Sie {{annotation}}, oder entfernen Sie die Annotation, um alle Instanzen zu durchsuchen',
  'message.advice.prove-ownership':
    'Fügen Sie der Application in Argo CD die Annotation {{mark}} hinzu, oder lassen Sie ihr AppProject in delivery.access.projects der Konfiguration von Landfall dem Eigentümer der Entität zuordnen',
  'message.advice.narrow-annotations':
    'Grenzen Sie die Annotationen der Entität ein, zum Beispiel {{annotation}}, sodass nur ihre eigenen Anwendungen passen',
  'message.advice.write-arns':
    'Schreiben Sie {{annotation}} als arn:aws:ecr:<region>:<account>:repository/<name>, mehrere durch Kommas getrennt',
  'message.advice.write-arns-or-remove':
    'Schreiben Sie {{annotation}} als arn:aws:ecr:<region>:<account>:repository/<name>, mehrere durch Kommas getrennt, oder entfernen Sie die Annotation',
  'message.advice.shorten-arns':
    'Geben Sie höchstens {{limit}} Repositorys an, oder versehen Sie sie mit Tags und verwenden Sie {{tags}}',
  'message.advice.write-tags':
    'Schreiben Sie {{annotation}} als key=value, mehrere durch Kommas getrennt',
  'message.advice.allow-repository':
    'Erlauben Sie das dem Eigentümer der Entität mit {{setting}} in der Konfiguration von Landfall',
  'message.advice.tag-repository':
    'Versehen Sie das Repository mit den Tags, oder prüfen Sie, ob sein Konto und seine Region durchsucht werden ({{setting}} in der Konfiguration von Landfall)',
  'message.advice.add-tag':
    'Ergänzen Sie {{annotation}} um einen Tag, den weniger Repositorys haben',
  'message.advice.permit-search':
    'Landfall versucht es erneut. Zum Suchen braucht es dort eine Region und die Rechte ecr:DescribeRepositories und ecr:ListTagsForResource; {{annotation}} braucht beides nicht',
  'message.advice.configure-account':
    'Korrigieren Sie das Konto, oder lassen Sie es in aws.accounts oder {{setting}} der Konfiguration von Landfall aufnehmen',
  'message.advice.permit-reading':
    'Landfall versucht es erneut und zeigt, was zuvor gelesen wurde. Prüfen Sie, ob das Repository existiert und Landfall es lesen darf',
};
