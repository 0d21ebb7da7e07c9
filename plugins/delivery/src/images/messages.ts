/**
 * What the images and the preview of the updater say; part of the plugin's
 * message catalogue.
 *
 * @internal
 */
export const imageMessages = {
  title: 'Images',
  repository: 'Repository',
  table: {
    tags: 'Tags',
    untagged: 'no tag',
    pushed: 'Pushed',
    size: 'Size',
    scan: 'Scan',
    runsIn: 'Runs in',
    updater: 'Image Updater',
    more: 'Show more',
  },
  verdict: {
    next: 'Next: it is taken on the next cycle',
    upToDate: 'Taken',
    passedOver: 'Passed over: {{reason}}',
    allOf: '{{environment}}: {{text}}',
  },
  nextVersion:
    '{{version}} is available: the Image Updater takes it on its next cycle',
  state: {
    managed: 'The Image Updater has no settings for this image',
    unusable: 'The settings for the Image Updater are of no use',
    'not-enabled': 'Nothing enables the annotations for the Image Updater',
    unmanaged: 'Nothing says that the Image Updater should update it',
  },
  empty:
    'No image is known. The repositories of the applications are read when they deploy an image of a registry that is known (delivery.registries, or Amazon ECR).',
  error: 'The images could not be read.',
  errorStale: 'The images could not be read again; this is how they were.',
  retry: 'Try again',
  preview: {
    open: 'What would the updater do in {{environment}}?',
    title: 'What would the updater do?',
    intro:
      'The versions of {{repository}}, and what the Argo CD Image Updater would make of them with these settings. Nothing is changed by this.',
    loading: 'Reading all versions',
    constraint: 'Version constraint',
    constraintHelp: 'Such as ~1.4, ^2 or >= 1.2 < 2; empty: any version',
    followedTag: 'Tag that is followed',
    strategy: 'Update strategy',
    allowTags: 'Allow tags',
    allowTagsHelp: 'regexp: and an expression of Go; empty: all',
    ignoreTags: 'Ignore tags',
    ignoreTagsHelp: 'Patterns with commas between them, such as *-rc*',
    platforms: 'Platforms',
    platformsHelp: 'Such as linux/arm64, with commas between them',
    chosen: 'The updater would take {{tag}}',
    none: 'The updater would take nothing',
    result: 'Result',
    others: 'The others',
    hidden: 'and {{number}} more',
    annotations: 'As annotations of the Application',
    close: 'Close',
  },
} as const;
