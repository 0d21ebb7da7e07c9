/**
 * Texts of the card and of the tab's upper part, and of all times and states.
 * Part of the plugin's message catalogue.
 *
 * @internal
 */
export const deploymentMessages = {
  time: {
    seconds: '{{value}} s',
    minutes: '{{value}} min',
    hours: '{{value}} h',
    day: '1 day',
    days: '{{value}} days',
    ago: '{{duration}} ago',
    justNow: 'just now',
    since: 'since',
  },
  health: {
    Healthy: 'Healthy',
    Progressing: 'Rolling out',
    Degraded: 'Degraded',
    Suspended: 'Suspended',
    Missing: 'Missing',
    Unknown: 'Unknown',
  },
  sync: {
    synced: 'Synced',
    syncing: 'Syncing',
    failed: 'Sync failed',
    outOfSync: 'Out of sync',
    outOfSyncResources: 'Out of sync ({{resources}})',
    unknown: 'Sync unknown',
  },
  deployments: {
    title: 'Deployments',
    refresh: 'Refresh',
    loading: 'Loading deployments',
    problems: 'Problems with the annotations',
    list: 'Environments',
    rowLabel: '{{environment}}: {{values}}',
    applicationLabel: '{{environment}}, {{application}}: {{values}}',
    noVersion: 'no version yet',
    desired: 'Git wants {{version}}',
    applications: '{{total}} applications',
    byImageUpdater: 'by Image Updater',
    by: 'by {{name}}',
    moreImages: '{{total}} more images',
    oneMoreImage: '1 more image',
    allImages: 'Show all images of {{application}}',
    fewerImages: 'Show fewer images of {{application}}',
    menu: 'Actions and links of {{application}}',
    openArgocd: 'Open in Argo CD',
    openCommit: 'Open commit',
    open: 'Open {{title}}',
  },
  list: {
    loadMore: 'Load more',
    truncated:
      'Only the first {{shown}} of {{total}} applications are included.',
  },
  live: {
    live: 'live',
    updated: 'updated',
    lastRead: 'last read',
    connecting: 'connecting to {{instance}}',
    unreachable: '{{instance}} unreachable',
    lastReceived: 'last update',
    neverReceived: 'no update yet: {{instance}} unreachable',
    notReceivedYet: 'no update yet: connecting to {{instance}}',
    unreadInstances: "Argo CD instances that couldn't be read",
    unreachableSuffix: ': {{instance}} unreachable',
  },
  empty: {
    title: 'No deployments of {{name}} are known.',
    add: 'To show them, add this line to its catalog-info.yaml, under metadata.annotations, with the labels of its Argo CD applications.',
    orByName: 'Or list the applications by name, separated by commas:',
    noMatch: 'No Argo CD application matches these annotations:',
    noMatchRead:
      'None of the Argo CD applications that could be read matches these annotations:',
    noMatchHint:
      'Compare them in catalog-info.yaml with the names and labels of the applications, and check that their Argo CD is configured. As soon as one matches, it appears here.',
    copy: 'Copy {{text}}',
  },
  error: {
    read: "Couldn't load the deployments of {{name}}.",
    reread:
      "Couldn't refresh the deployments of {{name}}. Showing the last known state.",
    retry: 'Try again',
    details: 'Details',
  },
} as const;
