/**
 * What Image Updater 1.3 does with a setting that should be changed.
 *
 * @internal
 */
export const effectMessages = {
  // Keys of annotations.
  'unknown-key': 'Image Updater has no setting {{key}}, so it ignores it',
  'misspelt-key': 'Image Updater has no setting {{key}}, so it ignores it',
  'misspelt-prefix':
    '{{key}} has another prefix than the settings of Image Updater, so it is ignored',
  'key-of-application':
    '{{key}} is ignored: {{setting}} exists only for the whole application, without an alias',
  'key-of-image':
    '{{key}} is ignored: {{setting}} exists only for single images',
  'alias-unlisted':
    '{{key}} is ignored: no image of image-list has the alias {{alias}}',
  'alias-misspelt':
    '{{key}} is ignored: no image of image-list has the alias {{alias}}',
  'value-empty': '{{key}} has no value, so it is ignored',
  'value-not-text':
    'Kubernetes rejects the Application: the value of {{key}} is no text',
  'label-not-annotation':
    'The label {{key}} is ignored: settings are annotations',

  // The list of images.
  'image-list-missing':
    'All settings are ignored, because image-list is missing',
  'image-list-empty': 'No image is updated, because image-list is empty',
  'image-name-empty':
    'No image of the list is updated, because nothing follows "{{alias}}="',
  'image-url':
    '{{image}} never matches an image that runs, because it is a URL',
  'image-name-invalid':
    'The image {{image}} is never updated, because no repository can have that name',
  'image-name-form':
    'The image {{image}} is never updated: the application runs it as {{running}}, which Image Updater takes for another image',
  'image-not-run':
    'The image {{image}} is not updated, because the application does not run it',
  'image-digest-ignored': 'The digest after {{image}} is ignored',
  'constraint-comma':
    '"{{image}}" is read as an image of its own, because commas separate images',
  'alias-invalid': '"{{alias}}" is read as an alias, because "=" follows it',
  'force-update-invalid':
    'No image is updated, because "{{value}}" is no boolean',
  'manifest-targets-ambiguous':
    'No image is updated, because {{alias}} has more than one kind of target',

  // The choice of versions.
  'strategy-unknown':
    'Image Updater knows no strategy "{{strategy}}" and uses semver',
  'strategy-renamed':
    '"{{name}}" still works, but is the former name of {{strategy}}',
  'constraint-invalid':
    'Nothing is chosen, because "{{constraint}}" is no range of versions',
  'constraint-missing':
    'Nothing is chosen, because {{image}} has no tag whose digest could be followed',
  'constraint-ignored':
    'The constraint "{{constraint}}" is ignored by the strategy {{strategy}}',
  'followed-tag-range':
    'Nothing is chosen: digest follows the tag that is named exactly "{{constraint}}"',
  'platforms-ignored':
    'The platforms are ignored, because the strategy {{strategy}} reads tag names only',
  'platform-malformed':
    'Nothing is chosen, because no image is for the platform "{{platform}}"',
  'platform-unknown':
    'Nothing is chosen: registries call the architecture of {{platform}} {{architecture}}',
  'allow-tags-malformed':
    'No tag is allowed, because "{{expression}}" has no "regexp:" before it',
  'allow-tags-unknown-function':
    'No tag is allowed, because "{{name}}" is no kind of filter',
  'allow-tags-invalid-expression':
    "No tag is allowed, because Go can't compile the expression: {{message}}",
  'allow-tags-too-complex':
    "Landfall can't evaluate which tags are allowed; Image Updater can",
  'allow-tags-impossible':
    'No tag is allowed: the expression "{{expression}}" asks for {{character}}, which no tag contains',
  'ignore-tags-all':
    'Nothing is chosen, because the pattern {{pattern}} ignores every tag',
  'ignore-tags-malformed':
    'The pattern {{pattern}} ignores nothing, because a bracket is not closed',
  'ignore-tags-never':
    'The pattern {{pattern}} ignores nothing: it asks for {{character}}, which no tag contains',
  'ignore-tags-negation':
    'The pattern {{pattern}} ignores tags with the characters it should spare: "!" is no negation',
  'ignore-tags-too-long':
    'Landfall evaluates only a part of the patterns; Image Updater uses all',

  // Credentials.
  'pull-secret-invalid':
    'The image is not updated, because its pull secret has a form that Image Updater cannot read',
  'pull-secret-namespace':
    'The image is not updated, because its pull secret is in the namespace {{namespace}} and the application in {{own}}',
  'credentials-namespace':
    'Nothing is written, because the secret for Git is in the namespace {{namespace}} and the application in {{own}}',
  'credentials-unnamed':
    'Nothing is written, because the method names no secret',
  'credentials-over-http':
    'Nothing is written: credentials from a secret are not used for {{repository}}, which does not use https',

  // Where versions are written.
  'write-back-method-invalid':
    'No image is updated, because "{{method}}" is no write-back method',
  'write-back-credentials-invalid':
    'No image is updated, because the write-back method names unknown credentials',
  'write-back-branch-invalid':
    'No image is updated, because "{{branch}}" has more than one colon',
  'write-back-target-invalid':
    'No image is updated, because {{target}} would be replaced as a whole',
  'write-back-target-prefix':
    '"{{target}}" is read as {{prefix}} with {{path}}, because a colon is missing',
  'write-back-target-outside':
    'Nothing is written, because {{path}} is outside the repository',
  'write-back-target-misspelt':
    '"{{target}}" is written as a file at the root of the repository, because it begins with no known kind of target',
  'write-back-target-space':
    'A file whose name begins with a space is written instead: "{{target}}"',
  'kustomization-file':
    'Nothing is written, because "{{target}}" is taken for a folder',
  'kustomization-root':
    '"{{target}}" is ignored, and the default file of overrides is written instead',
  'write-back-target-bare':
    '"{{target}}" is written at the root of the repository, not in {{path}}',
  'pull-request-branch':
    'No image is updated, because "{{branch}}" cannot be used with pull requests',
  'pull-request-provider':
    'No image is updated, because a pull request needs exactly one provider',
  'git-settings-unused':
    '{{setting}} is ignored, because the write-back method is argocd',
  'write-back-chart':
    'Nothing is written, because {{repository}} holds charts and is no Git repository',
  'branch-template-empty':
    '{{field}} is empty unless pull requests are opened, so every application and version has the same branch',
  'branch-template-unknown':
    'Nothing is written, because the branch has no value {{field}}',
  'branch-template-base':
    'Nothing is written: "{{branch}}" is taken for the name of a branch that exists',
  'branch-is-commit':
    'Nothing is written, because {{revision}} is a commit and no branch',
  'branch-of-chart':
    'Nothing is written: no source has the repository {{repository}}, so the version {{revision}} of the chart is taken for a branch',
  'source-missing':
    'No image is updated, because the Application has no source',
  'application-type-unsupported':
    'No image is updated, because the source is none of Helm, Kustomize or a plugin',

  // What is written.
  'target-of-other-tool':
    '{{setting}} is ignored, because the versions of this application are written for {{tool}}',
  'helm-spec-overrides':
    '{{setting}} is ignored, because helm.image-spec holds the whole image',
  'helm-name-default':
    'The name of the image is also written, to the parameter image.name',
  'shared-parameter':
    '{{images}} write the same parameter {{parameter}}, so the last one wins',
  'shared-kustomize-image':
    '{{images}} change the same image {{image}} of Kustomize, so the last one wins',
  'several-sources':
    'Of several sources, only the first one is changed: {{source}}',

  // ImageUpdater resources.
  'not-enabled':
    'All annotations are ignored, because no ImageUpdater with useAnnotations selects {{namespace}}/{{name}}',
  'updater-missing':
    'All annotations are ignored unless an ImageUpdater with useAnnotations selects {{namespace}}/{{name}}; none was given',
  'annotations-ignored':
    'All annotations are ignored, because the ImageUpdater {{updater}} has its own settings for the application',
  'updater-other-namespace':
    'The ImageUpdater {{updater}} does not see the application, which is in the namespace {{namespace}}',
  'overlapping-updaters':
    'The ImageUpdaters {{updaters}} update the same image, and each undoes what the other writes',
  'applications-missing':
    'The resource does nothing, because it has no applicationRefs',
  'name-pattern-invalid':
    'The resource does nothing, because a bracket of "{{pattern}}" is not closed',
  'label-selector-invalid': 'The reference selects nothing: {{message}}',
  'images-missing':
    'Kubernetes rejects the resource: a reference needs images or useAnnotations',
  'ref-duplicate':
    'Kubernetes rejects the resource: two references have the namePattern {{pattern}}',
  'settings-ignored': '{{field}} is ignored, because useAnnotations is set',
  'unknown-field':
    'ImageUpdater has no field {{field}} here, so Kubernetes rejects or drops it',
  'misspelt-field':
    'ImageUpdater has no field {{field}} here, so Kubernetes rejects or drops it',
  'default-overrides':
    'Kubernetes adds {{field}}: {{value}} here, which replaces {{replaced}} of the level above',
  'verification-ignored':
    'No signature is verified, because references with useAnnotations do not use imagesVerification of spec',

  // What a repository holds.
  'nothing-selected': 'Nothing is chosen. {{reason}}',
  'digits-as-version':
    'The tag {{tag}} counts as version {{tag}}.0.0, above the versions of releases such as {{other}}',
  'hashes-in-order':
    'Tags such as {{tag}} are hashes, and their alphabetical order has no meaning',
  'alphabetical-order':
    '{{tag}} is chosen although {{higher}} is higher, because tags are compared as text',
  downgrade:
    '{{running}} is replaced by {{tag}}, which is older: the best tag that is allowed wins',
  'digest-on-immutable':
    'Nothing is ever updated, because the tags of {{repository}} are immutable',
} as const;
