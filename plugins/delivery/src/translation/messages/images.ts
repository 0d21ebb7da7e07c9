/**
 * Texts about images and the updater's choices. Part of the plugin's message
 * catalogue.
 *
 * @internal
 */
export const imageMessages = {
  title: 'Images',
  loading: 'Reading images',
  repository: 'Repository',
  allRepositories: 'All',
  column: {
    tags: 'Tags',
    digest: 'Digest',
    pushed: 'Pushed',
    runsIn: 'Runs in',
    verdict: 'Image Updater',
  },
  untagged: 'no tag',
  moreTags: '{{total}} more',
  seen: 'seen',
  scan: 'scan: {{result}}',
  problems: 'What is wrong with the repositories',
  openImage: 'Open {{digest}} in its registry',
  loadMore: 'Load more',
  verdict: {
    runs: 'Runs',
    next: 'Next',
    sameTag: 'Its tag runs already, and its digest is not followed',
    notEnabled: 'Would be next, but is not enabled',
    notLive: 'Would be next, but the application does not run this image',
    passedOver: 'Passed over: {{reason}}',
    none: 'No policy',
  },
  empty: {
    unknown:
      'No images of {{name}} are known. As soon as one of its Argo CD applications runs an image, or names one for the Image Updater, the images of its repository appear here; so do those of a repository that the annotation aws.amazon.com/amazon-ecr-arn or aws.amazon.com/amazon-ecr-tags names.',
    repository:
      'No image has been seen in {{repository}} yet. Push one, or check that Landfall is configured to read this registry.',
  },
  error: {
    read: 'The images of {{name}} could not be read.',
    reread:
      'The images of {{name}} could not be read again; this is how they were.',
  },
  applications: {
    list: 'What the Image Updater does next',
    unmanaged: 'Nothing says that its images are to be updated',
    unusable: 'The settings for the updater cannot be used',
    open: 'What would the updater do?',
    openFor: 'What would the updater do with {{application}}?',
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
    passedOver: 'Passed over: {{version}} ({{reason}})',
    notEnabled: 'Image Updater is not enabled: {{advice}}',
    unusable: 'Image Updater does nothing: {{advice}}',
  },
  updater: {
    title: 'What would the updater do?',
    subtitle: '{{application}} in {{environment}}, {{repository}}',
    intro:
      'Change the policy and see what it takes of the tags that the repository has. Nothing is saved.',
    close: 'Close',
    notFound:
      'The application that was linked to is none of {{name}}, or no longer there.',
    form: 'Policy',
    constraint: 'Constraint',
    followedTag: 'Tag to follow',
    constraintUnused: 'This strategy does not look at it',
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
    problems: 'What is wrong with the policy',
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
      'The annotation image-list separates its images by commas, so this constraint cannot stand in it. Write it without a comma: where all parts are to hold, with a space between them.',
  },
} as const;
