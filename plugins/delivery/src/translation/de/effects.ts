/** What Image Updater does with settings that should be changed. @internal */
export const effects = {
  'message.effect.unknown-key':
    'Image Updater hat keine Einstellung {{key}} und ignoriert sie',
  'message.effect.misspelt-key':
    'Image Updater hat keine Einstellung {{key}} und ignoriert sie',
  'message.effect.misspelt-prefix':
    '{{key}} hat ein anderes Präfix als die Einstellungen von Image Updater und wird ignoriert',
  'message.effect.key-of-application':
    '{{key}} wird ignoriert: {{setting}} gibt es nur für die ganze Anwendung, ohne Alias',
  'message.effect.key-of-image':
    '{{key}} wird ignoriert: {{setting}} gibt es nur für einzelne Images',
  'message.effect.alias-unlisted':
    '{{key}} wird ignoriert: Kein Image in image-list hat den Alias {{alias}}',
  'message.effect.alias-misspelt':
    '{{key}} wird ignoriert: Kein Image in image-list hat den Alias {{alias}}',
  'message.effect.value-empty': '{{key}} hat keinen Wert und wird ignoriert',
  'message.effect.value-not-text':
    'Kubernetes lehnt die Application ab: Der Wert von {{key}} ist kein Text',
  'message.effect.label-not-annotation':
    'Das Label {{key}} wird ignoriert: Einstellungen gehören in Annotationen',
  'message.effect.image-list-missing':
    'Alle Einstellungen werden ignoriert, weil image-list fehlt',
  'message.effect.image-list-empty':
    'Kein Image wird aktualisiert, weil image-list leer ist',
  'message.effect.image-name-empty':
    'Kein Image der Liste wird aktualisiert, weil auf „{{alias}}=“ nichts folgt',
  'message.effect.image-url':
    '{{image}} passt nie zu einem laufenden Image, weil es eine URL ist',
  'message.effect.image-name-invalid':
    'Das Image {{image}} wird nie aktualisiert, weil kein Repository so heißen kann',
  'message.effect.image-name-form':
    'Das Image {{image}} wird nie aktualisiert: In der Anwendung läuft es als {{running}}, was Image Updater für ein anderes Image hält',
  'message.effect.image-not-run':
    'Das Image {{image}} wird nicht aktualisiert, weil die Anwendung es nicht verwendet',
  'message.effect.image-digest-ignored':
    'Der Digest hinter {{image}} wird ignoriert',
  'message.effect.constraint-comma':
    '„{{image}}“ wird als eigenes Image gelesen, weil Kommas Images trennen',
  'message.effect.alias-invalid':
    '„{{alias}}“ wird als Alias gelesen, weil „=“ darauf folgt',
  'message.effect.force-update-invalid':
    'Kein Image wird aktualisiert, weil „{{value}}“ kein Wahrheitswert ist',
  'message.effect.manifest-targets-ambiguous':
    'Kein Image wird aktualisiert, weil {{alias}} mehr als eine Art von Ziel hat',
  'message.effect.strategy-unknown':
    'Image Updater kennt keine Strategie „{{strategy}}“ und verwendet semver',
  'message.effect.strategy-renamed':
    '„{{name}}“ funktioniert noch, ist aber der frühere Name von {{strategy}}',
  'message.effect.constraint-invalid':
    'Es wird nichts gewählt, weil „{{constraint}}“ kein Versionsbereich ist',
  'message.effect.constraint-missing':
    'Es wird nichts gewählt, weil {{image}} keinen Tag hat, dessen Digest gefolgt werden könnte',
  'message.effect.constraint-ignored':
    'Die Strategie {{strategy}} ignoriert den Versionsbereich „{{constraint}}“',
  'message.effect.followed-tag-range':
    'Es wird nichts gewählt: digest folgt dem Tag, der genau „{{constraint}}“ heißt',
  'message.effect.platforms-ignored':
    'Die Plattformen werden ignoriert, weil die Strategie {{strategy}} nur Namen von Tags liest',
  'message.effect.platform-malformed':
    'Es wird nichts gewählt, weil es für die Plattform „{{platform}}“ kein Image gibt',
  'message.effect.platform-unknown':
    'Es wird nichts gewählt: Registrys nennen die Architektur von {{platform}} {{architecture}}',
  'message.effect.allow-tags-malformed':
    'Kein Tag ist erlaubt, weil „regexp:“ vor „{{expression}}“ fehlt',
  'message.effect.allow-tags-unknown-function':
    'Kein Tag ist erlaubt, weil „{{name}}“ keine Art von Filter ist',
  'message.effect.allow-tags-invalid-expression':
    'Kein Tag ist erlaubt, weil Go den Ausdruck nicht übersetzen kann: {{message}}',
  'message.effect.allow-tags-too-complex':
    'Landfall kann nicht ermitteln, welche Tags erlaubt sind; Image Updater kann es',
  'message.effect.allow-tags-impossible':
    'Kein Tag ist erlaubt: Der Ausdruck „{{expression}}“ verlangt {{character}}, was kein Tag enthält',
  'message.effect.ignore-tags-all':
    'Es wird nichts gewählt, weil das Muster {{pattern}} jeden Tag ignoriert',
  'message.effect.ignore-tags-malformed':
    'Das Muster {{pattern}} ignoriert nichts, weil eine Klammer nicht geschlossen ist',
  'message.effect.ignore-tags-never':
    'Das Muster {{pattern}} ignoriert nichts: Es verlangt {{character}}, was kein Tag enthält',
  'message.effect.ignore-tags-negation':
    'Das Muster {{pattern}} ignoriert Tags mit den Zeichen, die es verschonen soll: „!“ verneint nicht',
  'message.effect.ignore-tags-too-long':
    'Landfall wertet nur einen Teil der Muster aus; Image Updater verwendet alle',
  'message.effect.pull-secret-invalid':
    'Das Image wird nicht aktualisiert, weil sein Pull-Secret in einer Form angegeben ist, die Image Updater nicht lesen kann',
  'message.effect.pull-secret-namespace':
    'Das Image wird nicht aktualisiert, weil sein Pull-Secret im Namespace {{namespace}} liegt und die Anwendung in {{own}}',
  'message.effect.credentials-namespace':
    'Es wird nichts geschrieben, weil das Secret für Git im Namespace {{namespace}} liegt und die Anwendung in {{own}}',
  'message.effect.credentials-unnamed':
    'Es wird nichts geschrieben, weil die Methode kein Secret nennt',
  'message.effect.credentials-over-http':
    'Es wird nichts geschrieben: Zugangsdaten aus einem Secret werden für {{repository}} nicht verwendet, weil die Adresse nicht mit https beginnt',
  'message.effect.write-back-method-invalid':
    'Kein Image wird aktualisiert, weil „{{method}}“ keine Methode zum Zurückschreiben ist',
  'message.effect.write-back-credentials-invalid':
    'Kein Image wird aktualisiert, weil die Methode zum Zurückschreiben unbekannte Zugangsdaten nennt',
  'message.effect.write-back-branch-invalid':
    'Kein Image wird aktualisiert, weil „{{branch}}“ mehr als einen Doppelpunkt enthält',
  'message.effect.write-back-target-invalid':
    'Kein Image wird aktualisiert, weil {{target}} als Ganzes ersetzt würde',
  'message.effect.write-back-target-prefix':
    '„{{target}}“ wird als {{prefix}} mit {{path}} gelesen, weil ein Doppelpunkt fehlt',
  'message.effect.write-back-target-outside':
    'Es wird nichts geschrieben, weil {{path}} außerhalb des Repositorys liegt',
  'message.effect.write-back-target-misspelt':
    '„{{target}}“ wird als Datei im Wurzelverzeichnis des Repositorys geschrieben, weil es mit keiner bekannten Art von Ziel beginnt',
  'message.effect.write-back-target-space':
    'Stattdessen wird eine Datei geschrieben, deren Name mit einem Leerzeichen beginnt: „{{target}}“',
  'message.effect.kustomization-file':
    'Es wird nichts geschrieben, weil „{{target}}“ für einen Ordner gehalten wird',
  'message.effect.kustomization-root':
    '„{{target}}“ wird ignoriert; geschrieben wird die übliche Datei mit Overrides',
  'message.effect.write-back-target-bare':
    '„{{target}}“ wird im Wurzelverzeichnis des Repositorys geschrieben, nicht in {{path}}',
  'message.effect.pull-request-branch':
    'Kein Image wird aktualisiert, weil „{{branch}}“ bei Pull-Requests nicht möglich ist',
  'message.effect.pull-request-provider':
    'Kein Image wird aktualisiert, weil ein Pull-Request genau einen Anbieter braucht',
  'message.effect.git-settings-unused':
    '{{setting}} wird ignoriert, weil die Methode zum Zurückschreiben argocd ist',
  'message.effect.write-back-chart':
    'Es wird nichts geschrieben, weil {{repository}} Charts enthält und kein Git-Repository ist',
  'message.effect.branch-template-empty':
    '{{field}} ist leer, solange keine Pull-Requests geöffnet werden, also haben alle Anwendungen und Versionen denselben Branch',
  'message.effect.branch-template-unknown':
    'Es wird nichts geschrieben, weil der Branch keinen Wert {{field}} hat',
  'message.effect.branch-template-base':
    'Es wird nichts geschrieben: „{{branch}}“ wird für den Namen eines vorhandenen Branches gehalten',
  'message.effect.branch-is-commit':
    'Es wird nichts geschrieben, weil {{revision}} ein Commit ist und kein Branch',
  'message.effect.branch-of-chart':
    'Es wird nichts geschrieben: Keine Quelle hat das Repository {{repository}}, also wird die Version {{revision}} des Charts für einen Branch gehalten',
  'message.effect.source-missing':
    'Kein Image wird aktualisiert, weil die Application keine Quelle hat',
  'message.effect.application-type-unsupported':
    'Kein Image wird aktualisiert, weil die Quelle weder Helm noch Kustomize noch ein Plugin verwendet',
  'message.effect.target-of-other-tool':
    '{{setting}} wird ignoriert, weil Image Updater die Versionen dieser Anwendung für {{tool}} schreibt',
  'message.effect.helm-spec-overrides':
    '{{setting}} wird ignoriert, weil helm.image-spec das ganze Image enthält',
  'message.effect.helm-name-default':
    'Auch der Name des Images wird geschrieben, in den Parameter image.name',
  'message.effect.shared-parameter':
    '{{images}} schreiben denselben Parameter {{parameter}}, also gewinnt das letzte',
  'message.effect.shared-kustomize-image':
    '{{images}} ändern dasselbe Image {{image}} von Kustomize, also gewinnt das letzte',
  'message.effect.several-sources':
    'Von mehreren Quellen wird nur die erste geändert: {{source}}',
  'message.effect.not-enabled':
    'Alle Annotationen werden ignoriert, weil kein ImageUpdater mit useAnnotations {{namespace}}/{{name}} auswählt',
  'message.effect.updater-missing':
    'Alle Annotationen werden ignoriert, wenn kein ImageUpdater mit useAnnotations {{namespace}}/{{name}} auswählt; angegeben wurde keiner',
  'message.effect.annotations-ignored':
    'Alle Annotationen werden ignoriert, weil der ImageUpdater {{updater}} eigene Einstellungen für die Anwendung hat',
  'message.effect.updater-other-namespace':
    'Der ImageUpdater {{updater}} sieht die Anwendung nicht, die im Namespace {{namespace}} liegt',
  'message.effect.overlapping-updaters':
    'Die ImageUpdater {{updaters}} aktualisieren dasselbe Image, und jeder macht rückgängig, was der andere schreibt',
  'message.effect.applications-missing':
    'Die Ressource tut nichts, weil applicationRefs fehlt',
  'message.effect.name-pattern-invalid':
    'Die Ressource tut nichts, weil eine Klammer in „{{pattern}}“ nicht geschlossen ist',
  'message.effect.label-selector-invalid':
    'Die Referenz wählt nichts aus: {{message}}',
  'message.effect.images-missing':
    'Kubernetes lehnt die Ressource ab: Eine Referenz braucht images oder useAnnotations',
  'message.effect.ref-duplicate':
    'Kubernetes lehnt die Ressource ab: Zwei Referenzen haben das namePattern {{pattern}}',
  'message.effect.settings-ignored':
    '{{field}} wird ignoriert, weil useAnnotations gesetzt ist',
  'message.effect.unknown-field':
    'ImageUpdater hat hier kein Feld {{field}}; Kubernetes lehnt es ab oder verwirft es',
  'message.effect.misspelt-field':
    'ImageUpdater hat hier kein Feld {{field}}; Kubernetes lehnt es ab oder verwirft es',
  'message.effect.default-overrides':
    'Kubernetes ergänzt hier {{field}}: {{value}}, was {{replaced}} der höheren Ebene ersetzt',
  'message.effect.verification-ignored':
    'Es wird keine Signatur geprüft, weil Referenzen mit useAnnotations imagesVerification aus spec nicht verwenden',
  'message.effect.nothing-selected': 'Es wird nichts gewählt. {{reason}}',
  'message.effect.digits-as-version':
    'Der Tag {{tag}} zählt als Version {{tag}}.0.0, höher als Releases wie {{other}}',
  'message.effect.hashes-in-order':
    'Tags wie {{tag}} sind Hashes, deren alphabetische Reihenfolge nichts bedeutet',
  'message.effect.alphabetical-order':
    '{{tag}} wird gewählt, obwohl {{higher}} höher ist, weil Tags als Text verglichen werden',
  'message.effect.downgrade':
    '{{running}} wird durch das ältere {{tag}} ersetzt: Der beste erlaubte Tag gewinnt',
  'message.effect.digest-on-immutable':
    'Es wird nie etwas aktualisiert, weil die Tags von {{repository}} unveränderlich sind',
};
