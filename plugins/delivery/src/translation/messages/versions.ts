/**
 * Texts of the grid of versions and environments. Part of the plugin's message
 * catalogue.
 *
 * @internal
 */
export const versionMessages = {
  title: 'Versions',
  loading: 'Loading versions',
  grid: 'Versions by environment',
  image: 'Image',
  column: {
    version: 'Version',
    findings: 'Findings',
    commit: 'Commit',
  },
  state: {
    failed: 'Failed',
    onItsWay: 'On its way',
    running: 'Running',
    rolledBack: 'Rolled back',
    wasHere: 'Was here',
    skipped: 'Skipped',
  },
  explained: {
    failed: 'Its sync failed, or the application is degraded with it',
    onItsWay: 'It is being promoted',
    running: 'It is the version that runs',
    rolledBack: 'An earlier deployment was put in its place',
    wasHere: 'It ran, until another version replaced it',
    skipped: 'It was on its way, but was never deployed',
  },
  someApplications: '{{some}} of {{total}} applications',
  never: 'never there',
  until: 'until',
  times: '{{amount}} times',
  stay: '{{from}} to {{to}}',
  staySince: 'since {{from}}',
  stayUntil: 'until {{to}}',
  unnamed: 'unknown version',
  pushed: 'pushed',
  began: 'seen',
  removed: 'no longer in the registry',
  moreTags: '{{total}} more tags',
  openImage: 'Open {{digest}} in its registry',
  showPromotion: 'Show how {{version}} came to {{environment}}',
  containedIn: 'contained in',
  commitOf: 'for {{environments}}',
  moreCommits: '{{total}} more commits',
  fewerCommits: 'Fewer commits',
  byImageUpdater: 'by Image Updater',
  by: 'by {{name}}',
  lastKnown: 'last known state',
  attention: 'What needs attention',
  empty: {
    none: 'No version of {{repository}} has come to an environment of {{name}} yet. As soon as one is deployed or on its way, it appears here.',
    noImage:
      'No image of {{name}} is known yet. As soon as one of its applications runs one, its versions appear here.',
  },
  error: {
    read: "Couldn't load the versions of {{name}}.",
    reread:
      "Couldn't refresh the versions of {{name}}. Showing the last known state.",
  },
} as const;
