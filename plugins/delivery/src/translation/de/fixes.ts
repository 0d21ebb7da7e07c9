/** What to write instead of settings that should be changed. @internal */
export const fixes = {
  'message.fix.unknown-key':
    'Entfernen Sie {{key}}, oder verwenden Sie eine der dokumentierten Einstellungen',
  'message.fix.misspelt-key': 'Schreiben Sie stattdessen {{nearest}}',
  'message.fix.misspelt-prefix': 'Schreiben Sie stattdessen {{nearest}}',
  'message.fix.key-of-application':
    'Schreiben Sie stattdessen {{setting}}, für alle Images der Anwendung',
  'message.fix.key-of-image':
    'Schreiben Sie es für jedes Image, als <Alias>.{{setting}}',
  'message.fix.alias-unlisted':
    'Schreiben Sie in image-list „{{alias}}=“ vor das Image, oder entfernen Sie die Einstellung',
  'message.fix.alias-misspelt':
    'Schreiben Sie den Alias {{nearest}}, wie in image-list',
  'message.fix.value-empty':
    'Geben Sie einen Wert an, oder entfernen Sie {{key}}',
  'message.fix.value-not-text':
    'Setzen Sie den Wert von {{key}} in Anführungszeichen',
  'message.fix.label-not-annotation':
    'Verschieben Sie {{key}} nach metadata.annotations',
  'message.fix.image-list-missing':
    'Geben Sie die Images in der Annotation {{annotation}} an',
  'message.fix.image-list-empty': 'Geben Sie mindestens ein Image an',
  'message.fix.image-name-empty': 'Schreiben Sie das Image hinter „{{alias}}=“',
  'message.fix.image-url': 'Schreiben Sie Registry/Repository, ohne Schema',
  'message.fix.image-name-invalid':
    'Schreiben Sie [Alias=]Registry/Repository[:Versionsbereich], in Kleinbuchstaben',
  'message.fix.image-name-form': 'Schreiben Sie das Image als {{running}}',
  'message.fix.image-not-run':
    'Korrigieren Sie den Namen, oder entfernen Sie das Image; läuft es nur zeitweise, setzen Sie force-update',
  'message.fix.image-digest-ignored':
    'Entfernen Sie den Digest; um einem zu folgen, verwenden Sie die Strategie digest mit einem Tag',
  'message.fix.constraint-comma':
    'Trennen Sie die Teile eines Versionsbereichs mit einem Leerzeichen statt mit einem Komma',
  'message.fix.alias-invalid':
    'Schreiben Sie vor das Image einen Alias aus Buchstaben, Ziffern, „.“, „-“ und „_“, wie in app={{entry}}',
  'message.fix.force-update-invalid': 'Schreiben Sie „true“ oder „false“',
  'message.fix.manifest-targets-ambiguous':
    'Behalten Sie eine Art von Ziel: Helm, Kustomize oder Plugin',
  'message.fix.strategy-unknown':
    'Verwenden Sie semver, newest-build, alphabetical oder digest',
  'message.fix.strategy-renamed': 'Schreiben Sie {{strategy}}',
  'message.fix.constraint-invalid':
    'Schreiben Sie einen Bereich wie ~1.4, ^2 oder 1.x, oder verwenden Sie eine andere Strategie',
  'message.fix.constraint-missing':
    'Geben Sie den Tag an, dem gefolgt werden soll, wie in {{image}}:latest',
  'message.fix.constraint-ignored':
    'Entfernen Sie den Versionsbereich; wählen Sie Tags mit allow-tags, oder verwenden Sie die Strategie semver',
  'message.fix.followed-tag-range':
    'Geben Sie den Tag an, dem gefolgt werden soll, etwa latest, oder verwenden Sie die Strategie semver',
  'message.fix.platforms-ignored':
    'Entfernen Sie die Plattformen, oder verwenden Sie die Strategie newest-build oder digest',
  'message.fix.platform-malformed':
    'Schreiben Sie Betriebssystem/Architektur, wie in linux/arm64',
  'message.fix.platform-unknown': 'Schreiben Sie {{nearest}}',
  'message.fix.allow-tags-malformed': 'Schreiben Sie regexp:{{expression}}',
  'message.fix.allow-tags-unknown-function':
    'Schreiben Sie „regexp:“ und einen Ausdruck, oder „any“',
  'message.fix.allow-tags-invalid-expression':
    'Schreiben Sie einen Go-Ausdruck, ohne Look-around und Rückverweise',
  'message.fix.allow-tags-too-complex':
    'Schreiben Sie einen kürzeren Ausdruck mit weniger Wiederholungen',
  'message.fix.allow-tags-impossible':
    'Entfernen Sie {{character}} aus dem Ausdruck',
  'message.fix.ignore-tags-all': 'Entfernen Sie das Muster {{pattern}}',
  'message.fix.ignore-tags-malformed': 'Schließen Sie die Klammer',
  'message.fix.ignore-tags-never':
    'Schreiben Sie ein Muster ohne {{character}}; für einen Ausdruck verwenden Sie allow-tags',
  'message.fix.ignore-tags-negation': 'Schreiben Sie [^…] statt [!…]',
  'message.fix.ignore-tags-too-long':
    'Verwenden Sie weniger oder kürzere Muster',
  'message.fix.pull-secret-invalid':
    'Schreiben Sie pullsecret:<Namespace>/<Name>, secret:<Namespace>/<Name>#<Feld>, env:<Variable> oder ext:</absoluter/Pfad>',
  'message.fix.pull-secret-namespace':
    'Kopieren Sie das Secret nach {{own}}, und verweisen Sie dorthin',
  'message.fix.credentials-namespace':
    'Kopieren Sie das Secret nach {{own}}, und verweisen Sie dorthin',
  'message.fix.credentials-unnamed':
    'Schreiben Sie git:secret:<Namespace>/<Name>',
  'message.fix.credentials-over-http':
    'Verwenden Sie die https-Adresse des Repositorys, oder git:repocreds',
  'message.fix.write-back-method-invalid':
    'Schreiben Sie argocd, git, git:repocreds oder git:secret:<Namespace>/<Name>',
  'message.fix.write-back-credentials-invalid':
    'Schreiben Sie git:repocreds oder git:secret:<Namespace>/<Name>',
  'message.fix.write-back-branch-invalid':
    'Schreiben Sie den Branch als Basis, Basis:Ziel oder :Ziel',
  'message.fix.write-back-target-invalid':
    'Schreiben Sie „kustomization:“ und den Ordner der Datei',
  'message.fix.write-back-target-prefix':
    'Schreiben Sie {{prefix}}:<Pfad>, oder einen Dateinamen, der nicht mit {{prefix}} beginnt',
  'message.fix.write-back-target-outside':
    'Schreiben Sie einen Pfad im Repository; ein „/“ am Anfang steht für dessen Wurzelverzeichnis',
  'message.fix.write-back-target-misspelt': 'Schreiben Sie {{nearest}}:<Pfad>',
  'message.fix.write-back-target-space':
    'Entfernen Sie das Leerzeichen nach dem Doppelpunkt',
  'message.fix.kustomization-file':
    'Schreiben Sie nur den Ordner der Kustomization',
  'message.fix.kustomization-root':
    'Schreiben Sie „kustomization:/.“ für das Wurzelverzeichnis des Repositorys',
  'message.fix.write-back-target-bare':
    'Schreiben Sie helmvalues:{{target}} für eine Datei mit Helm-Werten in {{path}}, oder einen vollständigen Pfad',
  'message.fix.pull-request-branch': 'Schreiben Sie nur den Basis-Branch',
  'message.fix.pull-request-provider': 'Behalten Sie github oder gitlab',
  'message.fix.git-settings-unused':
    'Setzen Sie write-back-method auf git, oder entfernen Sie {{setting}}',
  'message.fix.write-back-chart':
    'Setzen Sie git-repository auf das Git-Repository, in das geschrieben werden soll',
  'message.fix.branch-template-empty':
    'Verwenden Sie .SHA256 oder die Tags aus .Images statt {{field}}',
  'message.fix.branch-template-unknown':
    'Verwenden Sie .SHA256, oder .Name, .Alias, .OldTag und .NewTag in einer Schleife über .Images',
  'message.fix.branch-template-base':
    'Schreiben Sie einen Doppelpunkt vor die Vorlage, wie in main:{{branch}}',
  'message.fix.branch-is-commit':
    'Setzen Sie git-branch auf den Branch, in den geschrieben werden soll',
  'message.fix.branch-of-chart':
    'Setzen Sie git-branch, oder schreiben Sie das Repository genau wie in der Quelle',
  'message.fix.source-missing': 'Geben Sie der Application eine Quelle',
  'message.fix.application-type-unsupported':
    'Verwenden Sie Helm oder Kustomize, oder als Ziel kustomization oder helmvalues',
  'message.fix.target-of-other-tool':
    'Entfernen Sie {{setting}}, oder verwenden Sie die Einstellungen für {{tool}}',
  'message.fix.helm-spec-overrides':
    'Entfernen Sie {{setting}} oder helm.image-spec',
  'message.fix.helm-name-default':
    'Setzen Sie helm.image-name auf den Parameter des Charts, etwa image.repository',
  'message.fix.shared-parameter':
    'Geben Sie jedem Image eigene Parameter mit helm.image-name und helm.image-tag, oder die des Plugins',
  'message.fix.shared-kustomize-image':
    'Geben Sie jedem Image ein eigenes kustomize.image-name, oder behalten Sie nur eines',
  'message.fix.several-sources':
    'Setzen Sie die Images in dieser Quelle, oder richten Sie write-back-method, git-repository und write-back-target auf die Datei der anderen',
  'message.fix.not-enabled':
    'Fügen Sie im Namespace {{namespace}} einen ImageUpdater mit applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] hinzu',
  'message.fix.updater-missing':
    'Prüfen Sie die Application zusammen mit ihrem ImageUpdater, oder fügen Sie einen mit applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] hinzu',
  'message.fix.annotations-ignored':
    'Entfernen Sie die Annotationen, oder setzen Sie useAnnotations in der Referenz von {{updater}}',
  'message.fix.updater-other-namespace':
    'Verschieben Sie den ImageUpdater in den Namespace {{namespace}}',
  'message.fix.overlapping-updaters':
    'Sorgen Sie dafür, dass ihre namePatterns und labelSelectors einander ausschließen',
  'message.fix.applications-missing':
    'Verweisen Sie in spec.applicationRefs auf die Anwendungen',
  'message.fix.name-pattern-invalid': 'Schließen Sie die Klammer',
  'message.fix.label-selector-invalid': 'Korrigieren Sie labelSelectors',
  'message.fix.images-missing':
    'Setzen Sie useAnnotations: true, oder geben Sie die Images an',
  'message.fix.ref-duplicate':
    'Fassen Sie die Referenzen zusammen, oder geben Sie ihnen verschiedene Muster',
  'message.fix.settings-ignored':
    'Entfernen Sie {{field}}, und verwenden Sie Annotationen, oder entfernen Sie useAnnotations',
  'message.fix.unknown-field':
    'Entfernen Sie {{field}}, oder verschieben Sie es dorthin, wo es hingehört',
  'message.fix.misspelt-field': 'Schreiben Sie stattdessen {{nearest}}',
  'message.fix.default-overrides':
    'Wiederholen Sie hier {{field}}: {{replaced}}',
  'message.fix.verification-ignored':
    'Setzen Sie imagesVerification in der Referenz',
  'message.fix.nothing-selected':
    'Korrigieren Sie den Versionsbereich oder die Filter, oder pushen Sie eine Version, die sie zulassen',
  'message.fix.digits-as-version':
    'Schließen Sie solche Tags mit allow-tags oder ignore-tags aus, oder engen Sie den Versionsbereich ein',
  'message.fix.hashes-in-order':
    'Verwenden Sie die Strategie newest-build, oder erlauben Sie nur Tags, deren Reihenfolge etwas bedeutet',
  'message.fix.alphabetical-order': 'Verwenden Sie die Strategie semver',
  'message.fix.downgrade':
    'Erweitern Sie den Versionsbereich oder die Filter um {{running}}, oder entfernen Sie {{tag}}',
  'message.fix.digest-on-immutable':
    'Folgen Sie Versionen mit einer anderen Strategie, oder lassen Sie zu, dass der Tag verschoben wird',
};
