/**
 * What to write instead.
 *
 * @internal
 */
export const fixMessages = {
  'unknown-key': 'Remove {{key}}, or use one of the documented settings',
  'misspelt-key': 'Write {{nearest}} instead',
  'misspelt-prefix': 'Write {{nearest}} instead',
  'key-of-application':
    'Write {{setting}} instead, for all images of the application',
  'key-of-image': 'Write it for each image, as <alias>.{{setting}}',
  'alias-unlisted':
    'Write "{{alias}}=" before its image in image-list, or remove the setting',
  'alias-misspelt': 'Write the alias {{nearest}}, as in image-list',
  'value-empty': 'Set a value, or remove {{key}}',
  'value-not-text': 'Put the value of {{key}} in quotes',
  'label-not-annotation': 'Move {{key}} to metadata.annotations',

  'image-list-missing': 'List the images in the annotation {{annotation}}',
  'image-list-empty': 'List at least one image',
  'image-name-empty': 'Write the image after "{{alias}}="',
  'image-url': 'Write registry/repository, without a scheme',
  'image-name-invalid':
    'Write [alias=]registry/repository[:constraint], in lower case',
  'image-name-form': 'Write the image as {{running}}',
  'image-not-run':
    'Correct the name or remove the image; if it runs only at times, set force-update',
  'image-digest-ignored':
    'Remove the digest; to follow one, use the strategy digest with a tag',
  'constraint-comma':
    'Separate the parts of a constraint with a space instead of a comma',
  'alias-invalid':
    'Write an alias of letters, digits, ".", "-" and "_" before the image, as in app={{entry}}',
  'force-update-invalid': 'Write "true" or "false"',
  'manifest-targets-ambiguous':
    'Keep one kind of target: Helm, Kustomize or plugin',

  'strategy-unknown':
    'Use one of semver, newest-build, alphabetical and digest',
  'strategy-renamed': 'Write {{strategy}}',
  'constraint-invalid':
    'Write a range such as ~1.4, ^2 or 1.x, or use another strategy',
  'constraint-missing': 'Write the tag to follow, as in {{image}}:latest',
  'constraint-ignored':
    'Remove the constraint; choose tags with allow-tags, or use the strategy semver',
  'followed-tag-range':
    'Write the tag to follow, such as latest, or use the strategy semver',
  'platforms-ignored':
    'Remove the platforms, or use the strategy newest-build or digest',
  'platform-malformed': 'Write os/architecture, as in linux/arm64',
  'platform-unknown': 'Write {{nearest}}',
  'allow-tags-malformed': 'Write regexp:{{expression}}',
  'allow-tags-unknown-function': 'Write "regexp:" and an expression, or "any"',
  'allow-tags-invalid-expression':
    'Write an expression of Go, which has no look-around and no back references',
  'allow-tags-too-complex':
    'Write a shorter expression, with fewer repetitions',
  'allow-tags-impossible': 'Remove {{character}} from the expression',
  'ignore-tags-all': 'Remove the pattern {{pattern}}',
  'ignore-tags-malformed': 'Close the bracket',
  'ignore-tags-never':
    'Write a glob without {{character}}; for an expression, use allow-tags',
  'ignore-tags-negation': 'Write [^…] instead of [!…]',
  'ignore-tags-too-long': 'Use fewer or shorter patterns',

  'pull-secret-invalid':
    'Write pullsecret:<namespace>/<name>, secret:<namespace>/<name>#<field>, env:<variable> or ext:</absolute/path>',
  'pull-secret-namespace': 'Copy the secret to {{own}} and refer to it there',
  'credentials-namespace': 'Copy the secret to {{own}} and refer to it there',
  'credentials-unnamed': 'Write git:secret:<namespace>/<name>',
  'credentials-over-http':
    'Use the https address of the repository, or git:repocreds',

  'write-back-method-invalid':
    'Write argocd, git, git:repocreds or git:secret:<namespace>/<name>',
  'write-back-credentials-invalid':
    'Write git:repocreds or git:secret:<namespace>/<name>',
  'write-back-branch-invalid':
    'Write the branch as base, base:target or :target',
  'write-back-target-invalid':
    'Write "kustomization:" and the folder of the file',
  'write-back-target-prefix':
    'Write {{prefix}}:<path>, or a file name that does not begin with {{prefix}}',
  'write-back-target-outside':
    'Write a path inside the repository; one that begins with "/" starts at its root',
  'write-back-target-misspelt': 'Write {{nearest}}:<path>',
  'write-back-target-space': 'Remove the space after the colon',
  'kustomization-file': 'Write only the folder of the kustomization',
  'kustomization-root':
    'Write "kustomization:/." for the root of the repository',
  'write-back-target-bare':
    'Write helmvalues:{{target}} for a file of Helm values in {{path}}, or a full path',
  'pull-request-branch': 'Write the base branch alone',
  'pull-request-provider': 'Keep one of github and gitlab',
  'git-settings-unused':
    'Set the write-back method to git, or remove {{setting}}',
  'write-back-chart': 'Set git-repository to the Git repository to write to',
  'branch-template-empty':
    'Use .SHA256 or the tags of .Images instead of {{field}}',
  'branch-template-unknown':
    'Use .SHA256, or .Name, .Alias, .OldTag and .NewTag in a range over .Images',
  'branch-template-base':
    'Write a colon before the template, as in main:{{branch}}',
  'branch-is-commit': 'Set git-branch to the branch to write to',
  'branch-of-chart':
    'Set git-branch, or write the repository exactly as in the source',
  'source-missing': 'Give the Application a source',
  'application-type-unsupported':
    'Use Helm or Kustomize, or a write-back target kustomization or helmvalues',

  'target-of-other-tool':
    'Remove {{setting}}, or use the settings for {{tool}}',
  'helm-spec-overrides': 'Remove {{setting}}, or helm.image-spec',
  'helm-name-default':
    'Set helm.image-name to the parameter of the chart, such as image.repository',
  'shared-parameter':
    'Give each image parameters of its own with helm.image-name and helm.image-tag, or those of the plugin',
  'shared-kustomize-image':
    'Give each image a kustomize.image-name of its own, or keep one of them',
  'several-sources':
    'Put the images in that source, or set write-back-method, git-repository and write-back-target to the file of the other one',

  'not-enabled':
    'Add an ImageUpdater in the namespace {{namespace}} with applicationRefs: [{namePattern: {{name}}, useAnnotations: true}]',
  'updater-missing':
    'Check it together with its ImageUpdater, or add one with applicationRefs: [{namePattern: {{name}}, useAnnotations: true}]',
  'annotations-ignored':
    'Remove the annotations, or set useAnnotations in the reference of {{updater}}',
  'updater-other-namespace':
    'Move the ImageUpdater to the namespace {{namespace}}',
  'overlapping-updaters':
    'Make their namePatterns and labelSelectors exclude each other',
  'applications-missing': 'Refer to the applications in spec.applicationRefs',
  'name-pattern-invalid': 'Close the bracket',
  'label-selector-invalid': 'Correct the labelSelectors',
  'images-missing': 'Set useAnnotations: true, or list the images',
  'ref-duplicate': 'Merge the references, or make their patterns differ',
  'settings-ignored':
    'Remove {{field}} and set annotations instead, or remove useAnnotations',
  'unknown-field': 'Remove {{field}}, or move it to where it belongs',
  'misspelt-field': 'Write {{nearest}} instead',
  'default-overrides': 'Repeat {{field}}: {{replaced}} here',
  'verification-ignored': 'Set imagesVerification in the reference',

  'nothing-selected':
    'Correct the constraint or the filters, or push a version that they admit',
  'digits-as-version':
    'Exclude such tags with allow-tags or ignore-tags, or limit the constraint',
  'hashes-in-order':
    'Use the strategy newest-build, or allow only tags whose order has a meaning',
  'alphabetical-order': 'Use the strategy semver',
  downgrade:
    'Widen the constraint or the filters to include {{running}}, or remove {{tag}}',
  'digest-on-immutable':
    'Follow versions with another strategy, or allow the tag to move',
} as const;
