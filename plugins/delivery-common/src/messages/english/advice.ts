/**
 * Advice about what a promotion waits for, about settings of Image Updater that
 * can't be used, and about annotations of entities.
 *
 * @internal
 */
export const adviceMessages = {
  // What a promotion waits for.
  'updater-log': "Image Updater's log says more",
  'enable-updater':
    'Add an ImageUpdater with useAnnotations that selects this application',
  'check-updater':
    'Check the log of Image Updater and the ImageUpdater {{updater}}',
  'reference-image':
    'Reference the image in the annotation image-list or in an ImageUpdater',
  'grant-reading':
    'Argo CD denies access: give the account of the portal `applications, get` on this application and on those that manage ImageUpdater resources',
  'wait-for-argocd': 'Argo CD did not answer. The next attempt follows',
  'portal-log': 'Argo CD failed to answer. The log of the portal says more',
  'grant-kubernetes':
    'Kubernetes denies access: bind the service account of the portal to a ClusterRole with apiGroups: [{{group}}], resources: [imageupdaters], verbs: [list, watch]',
  'install-updater':
    "The cluster doesn't have the kind ImageUpdater: install Image Updater 1 there, or correct delivery.imageUpdater.kubernetes in the configuration",
  'wait-for-kubernetes':
    'The Kubernetes API did not answer. The next attempt follows',
  'kubernetes-log':
    "The Kubernetes API can't be read. The log of the portal says more",
  'check-branch':
    'Check that it writes to the repository, branch and path that Argo CD follows',
  'merge-request': 'Someone has to review and merge the request',
  'reopen-request': 'Reopen and merge the request, or push another version',
  'open-request': 'Open a request to merge {{branch}} into {{base}}',
  'sync-application': 'Someone has to sync the application',
  'stop-update':
    'To stop it, tighten the version constraint or push a fixed version',

  // Settings of Image Updater.
  'allow-tags-malformed':
    'No tag is allowed: write "regexp:" before the expression, as in "regexp:{{expression}}"',
  'allow-tags-unknown-function':
    'No tag is allowed: use "regexp:" with an expression, or "any", instead of "{{name}}:"',
  'allow-tags-invalid-expression':
    'No tag is allowed: correct the expression, which must be one of Go (RE2, without look-around and back references): {{message}}',
  'allow-tags-too-complex':
    "Landfall can't evaluate which tags are allowed, so it allows none; Image Updater itself has no such limit: shorten the expression to at most {{characters}} characters, and use fewer than {{instructions}} repetitions in all",
  'application-type-unsupported':
    'Image Updater only handles sources of Helm and Kustomize, and plugins: use one of them, or a write-back target "kustomization" or "helmvalues:<file>"',
  'applications-missing': 'Reference the applications in spec.applicationRefs',
  'constraint-invalid':
    'Nothing is chosen: write the constraint as a range of versions, such as ~1.4, ^2, 1.x or ">=1.2 <2", or choose another update strategy',
  'constraint-too-long':
    "Landfall doesn't evaluate a constraint of more than {{characters}} characters, so it chooses nothing: write a shorter one",
  'constraint-missing':
    'Set the tag whose digest is to be followed, as in "{{image}}:latest"',
  'force-update-invalid':
    'No image is updated: write force-update as "true" or "false"',
  'git-secret-foreign':
    'Nothing is committed: use a secret of the namespace {{namespace}}, which is that of the application',
  'git-secret-unused':
    'Nothing is committed: Image Updater uses a secret only for https:// and SSH repositories, so use one of these, or git:repocreds as write-back method',
  'ignore-tags-malformed':
    "The pattern ignores nothing, and Image Updater doesn't report it: correct '{{pattern}}', whose brackets must be closed",
  'ignore-tags-too-long':
    'Landfall evaluates only the first {{used}} of them; Image Updater itself has no such limit: use fewer or shorter patterns',
  'image-list-empty': 'Add at least one image to the annotation {{annotation}}',
  'image-list-missing':
    "List the application's images in the annotation {{annotation}}, or in the ImageUpdater instead of useAnnotations",
  'image-name-empty':
    'No image of the list is updated: write the image after "{{alias}}="',
  'image-name-differs':
    'The image is never updated: Image Updater compares names as they are written, and the application runs {{running}}, so write the image in the same way',
  'image-name-invalid':
    'No registry can have a repository of that name: correct the image "{{image}}"',
  'image-name-library':
    'The image is never updated: Image Updater 1.3 removes "library/" from the names of running images, so move the image to a repository whose name doesn\'t begin with it',
  'label-selector-invalid':
    'The reference matches nothing: correct its labelSelectors',
  'manifest-targets-ambiguous':
    'No image of the list is updated: keep either the helm.* or the kustomize.* annotations of {{alias}}',
  'manifest-targets-of-image-ambiguous':
    'The image is left out: keep one of helm, kustomize and plugin in its manifestTargets',
  'name-pattern-invalid':
    'The whole resource does nothing: correct the namePattern, whose brackets must be closed',
  'not-enabled':
    'From version 1 on, Image Updater ignores annotations unless an ImageUpdater in the namespace {{namespace}} enables them: add one with applicationRefs: [{namePattern: {{name}}, useAnnotations: true}]',
  'not-visible':
    'Image Updater committed for this application at {{at}}, so an ImageUpdater exists. To show what it does, let an Argo CD application that Landfall reads manage it, or set delivery.imageUpdater.kubernetes in the configuration',
  'overlapping-updaters':
    'Each reverts what the other writes: make their namePatterns and labelSelectors exclude each other',
  'platform-malformed':
    'No image is for "{{platform}}": write the platform as os/architecture, as in linux/arm64',
  'pull-secret-foreign':
    'The image is never updated: use a secret of the namespace {{namespace}}, which is that of the application',
  'pull-secret-invalid':
    'The image is never updated: write the secret as pullsecret:{{namespace}}/<name> or secret:{{namespace}}/<name>#<field>, or use env:<variable> or ext:/<path of a script>',
  'pull-request-branch': 'Nothing is written: name the base branch alone',
  'pull-request-provider': 'Nothing is written: keep one of github and gitlab',
  'source-missing': 'Give the Application a source',
  'strategy-renamed': 'Write "{{strategy}}" instead of "{{name}}"',
  'strategy-unknown':
    'Use one of semver, newest-build, alphabetical and digest as update strategy',
  'write-back-branch-invalid':
    'Nothing is written: write the branch as base, base:target or :target',
  'write-back-credentials-invalid':
    'Nothing is written: use git:repocreds or git:secret:<namespace>/<name> as write-back method',
  'write-back-method-invalid':
    'Nothing is written: use argocd, git, git:repocreds or git:secret:<namespace>/<name> as write-back method',
  'write-back-target-invalid':
    'Nothing is written: use "kustomization:" and the folder as write-back target',

  // Annotations of entities.
  'shorten-names':
    'List fewer names, or select the applications by {{selector}} or {{project}}',
  'shorten-instances':
    'List fewer instances, or remove {{annotation}} to search all of them',
  'write-names':
    'Write {{annotation}} as <name> or <namespace>/<name>, several with commas between them',
  'correct-instance':
    'Correct {{annotation}}, or remove it to search all instances',
  'prove-ownership':
    "Add the annotation {{mark}} to the Argo CD Application, or have its AppProject assigned to the entity's owner in delivery.access.projects of Landfall's configuration",
  'narrow-annotations':
    'Narrow the annotations of the entity, such as {{annotation}}, so that they match only its own applications',
  'write-arns':
    'Write {{annotation}} as arn:aws:ecr:<region>:<account>:repository/<name>, several with commas between them',
  'write-arns-or-remove':
    'Write {{annotation}} as arn:aws:ecr:<region>:<account>:repository/<name>, several with commas between them, or remove it',
  'shorten-arns':
    'List at most {{limit}} repositories, or tag them and use {{tags}}',
  'write-tags':
    'Write {{annotation}} as key=value, several with commas between them',
  'allow-repository':
    "Allow it for the entity's owner by {{setting}} in Landfall's configuration",
  'tag-repository':
    "Tag the repository, or check that its account and region are searched ({{setting}} in Landfall's configuration)",
  'add-tag': 'Add a tag to {{annotation}} that fewer repositories have',
  'permit-search':
    'Landfall tries again. To search, it needs a region there and the rights ecr:DescribeRepositories and ecr:ListTagsForResource. {{annotation}} needs neither',
  'configure-account':
    "Correct the account, or have it added to aws.accounts or {{setting}} in Landfall's configuration",
  'permit-reading':
    'Landfall tries again, and shows what it read before. Check that the repository exists and that Landfall may read it',
} as const;
