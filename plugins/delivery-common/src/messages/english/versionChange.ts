/**
 * Why a version can't be changed in Git, or an update not be held, and what to do
 * about it.
 *
 * @internal
 */
export const versionChangeMessages = {
  'yaml-invalid':
    "{{path}} can't be read as YAML: {{message}}. Correct the file first",
  'file-missing':
    "{{path}} doesn't exist at the revision that Argo CD follows, or isn't a text file",
  'file-too-large': '{{path}} is too large to be edited here',
  'version-invalid':
    "{{version}} can't be a tag of an image. A tag has letters, digits, dots, underscores and hyphens",
  'version-not-found':
    '{{path}} has no value for the version of {{repository}}. Add it with the version that runs now, or change the version by hand',
  'version-included':
    'The version of {{repository}} is written in {{place}}, which {{path}} includes. Nothing was changed there, since other environments may include it too. Add an entry to images in {{path}}, with {{repository}} as its name and the version that runs now as its newTag, or change the version by hand',
  'version-elsewhere':
    "{{path}} has no value for the version of {{repository}}, and includes what isn't in this repository: {{remote}}. Add an entry to images in {{path}}, with {{repository}} as its name and the version that runs now as its newTag, or change the version by hand",
  'version-ambiguous':
    '{{path}} has several values that can carry the version of {{repository}} ({{keys}}), so none was changed. Name the right one in the settings of Image Updater, or change it by hand',
  'version-shared':
    'The value {{key}} in {{path}} also sets other values, by a YAML anchor. Change it by hand',
  'version-pinned':
    'The value {{key}} in {{path}} names a digest, and a tag would have no effect beside it. Remove the digest, or change it by hand',
  'version-not-text':
    "The value {{key}} in {{path}} isn't a single text, so it can't carry a version. Change it by hand",
  same: 'Git has {{version}} for {{repository}} already, so nothing would change',
  'source-not-git':
    "The version of {{repository}} isn't set in a Git repository that the application uses. Change it where the application is defined",
  'sources-ambiguous':
    'Several sources of the application can set the version of {{repository}}. Name the file in the settings of Image Updater, or change it by hand',
  'updater-writes-to-cluster':
    'Image Updater keeps the version of {{repository}} in the Application in the cluster, not in Git. Set its write-back-method to git',
  'manifest-not-found':
    'The version of {{repository}} is set in the Application {{application}} itself ({{field}} of its source), and no manifest of it with this version was found in {{url}}, which is the only repository that is changed. Change it where the Application is defined, or remove it there and set the version in a file of {{url}}',
  'hold-not-found':
    "Image Updater can't be told to leave {{repository}} alone: {{resource}}, which has its settings, wasn't found in {{url}}",
  'hold-without-alias':
    "Image Updater can't be told to leave {{repository}} alone: the image has no alias in image-list. Give it one",
  'hold-several':
    "Image Updater can't be told to leave {{repository}} alone: {{total}} entries follow it. Keep one of them",
  'not-held': 'Nothing holds the updates of {{repository}}',
  'not-updated':
    "Image Updater doesn't update {{repository}} here, so there is nothing to hold",
  refused: '{{message}}',
  'note-approval': 'Waits until somebody of {{approvers}} approves it',
  'note-no-image':
    'The last read of the registry found no image {{version}}. Check the version, unless it was pushed just now',
  'note-merge': 'Nothing changes until somebody merges the request',
  'note-syncs': 'Argo CD syncs it by itself once it is on the branch',
  'note-sync-manual':
    'Automated sync is off: sync the application once it is on the branch',
  'note-updater-moves':
    'Image Updater will set {{version}} in its next cycle after that',
  'note-held':
    'Image Updater leaves the version alone until updates are resumed',
  'note-resumes':
    'Image Updater will set {{version}} in its next cycle after that',
} as const;
