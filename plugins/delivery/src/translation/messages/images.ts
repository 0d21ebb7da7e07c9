/**
 * Texts about images and the updater's choices. Part of the plugin's message
 * catalogue.
 *
 * @internal
 */
export const imageMessages = {
  title: 'Images',
  loading: 'Loading images',
  repository: 'Repository',
  allRepositories: 'All',
  column: {
    tags: 'Tags',
    digest: 'Digest',
    pushed: 'Pushed',
    findings: 'Findings',
    runsIn: 'Runs in',
    verdict: 'Image Updater',
  },
  removed:
    "{{version}} runs, but is no longer in the repository: pods that start elsewhere can't pull it",
  untagged: 'no tag',
  moreTags: '{{total}} more',
  moreApplications: '{{total}} more',
  seen: 'seen',
  severity: {
    CRITICAL: '{{amount}} critical',
    HIGH: '{{amount}} high',
    MEDIUM: '{{amount}} medium',
    LOW: '{{amount}} low',
    INFORMATIONAL: '{{amount}} informational',
    UNDEFINED: '{{amount}} without severity',
    other: '{{amount}} {{severity}}',
  },
  scan: {
    none: 'No findings',
    pending: 'Scan in progress',
    failed: 'Scan failed',
    unsupported: "Can't be scanned",
    expired: 'Too old to be scanned',
    unavailable: 'Findings not known',
    notScanned: 'Not scanned',
    other: 'Scan: {{status}}',
  },
  problems: 'Problems with the repositories',
  openImage: 'Open {{digest}} in its registry',
  verdict: {
    runs: 'Runs',
    next: 'Next',
    sameTag: 'Its tag already runs, and its digest is not followed',
    notEnabled: 'Would be next, but is not enabled',
    notLive: 'Would be next, but the application does not run this image',
    passedOver: 'Passed over: {{reason}}',
    none: 'No policy',
  },
  empty: {
    unread: "The images of {{repository}} couldn't be read.",
    unknown:
      'No images of {{name}} are known. The images of a repository appear here as soon as one of its Argo CD applications runs one of them or references one for Image Updater. Repositories in the annotations aws.amazon.com/amazon-ecr-arn and aws.amazon.com/amazon-ecr-tags appear, too.',
    repository:
      'No image has been seen in {{repository}} yet. Push one, or check that Landfall is configured to read this registry.',
  },
  error: {
    read: "Couldn't load the images of {{name}}.",
    reread:
      "Couldn't refresh the images of {{name}}. Showing the last known state.",
  },
  applications: {
    list: 'What the Image Updater does next',
    unmanaged: 'Nothing updates its images',
    unusable: 'The settings for Image Updater cannot be used',
    open: 'What would the updater do?',
    openFor: 'What would the updater do with {{application}}?',
    more: 'Show {{total}} more applications',
    fewer: 'Show fewer applications',
  },
  findings: {
    list: 'Settings of Image Updater that should be changed',
    application: '{{environment}}, {{application}}',
    severity: { error: 'Error', warning: 'Warning', info: 'Note' },
    sentence: '{{sentence}}.',
    place: '{{kind}} {{name}}: {{place}}',
  },
  availability: {
    available:
      '{{version}} is available: the updater takes it on its next cycle',
    downgrade: 'The updater goes back to {{version}} on its next cycle',
    passedOver: 'Passed over: {{version}} ({{reason}})',
    notEnabled: 'Image Updater is not enabled: {{advice}}',
    unusable: 'Image Updater does nothing: {{advice}}',
  },
  updater: {
    title: 'What would the updater do?',
    subtitle: '{{application}} in {{environment}}, {{repository}}',
    intro:
      'Change the policy to see which tags of the repository it takes. Nothing is saved.',
    close: 'Close',
    notFound:
      "The linked application doesn't belong to {{name}}, or no longer exists.",
    form: 'Policy',
    constraint: 'Constraint',
    followedTag: 'Tag to follow',
    constraintUnused: 'Not used by this strategy',
    constraintHelp: 'Such as ~1.4 or >=1.2 <2; empty: any version',
    followedTagHelp: 'Whose digest is followed, such as latest',
    strategy: 'Strategy',
    strategies: {
      semver: 'semver: the highest version',
      newestBuild: 'newest-build: the latest build',
      alphabetical: 'alphabetical: the last by name',
      digest: 'digest: one tag, by its digest',
    },
    allowTags: 'Allow tags',
    allowTagsHelp: 'regexp: and a Go expression, or any',
    ignoreTags: 'Ignore tags',
    ignoreTagsHelp: 'Patterns such as *-rc*, with commas between them',
    platforms: 'Platforms',
    platformsHelp: 'Such as linux/arm64; empty: that of the updater',
    reset: 'Reset',
    result: 'Result',
    problems: 'Problems with the policy',
    others: 'The other tags',
    tag: 'Tag',
    pushed: 'Pushed',
    reason: 'Why not',
    runs: 'runs',
    more: 'and {{total}} more',
    annotations: 'As annotations of the Application',
    annotationsHelp:
      'Under metadata.annotations, where an ImageUpdater with useAnnotations enables them.',
    copy: 'Copy the annotations',
    noAnnotations:
      "The annotation image-list separates images by commas, so it can't contain this constraint. Write it without commas: separate conditions that must all hold by spaces.",
  },
} as const;
