/**
 * Texts of the card and of the tab's upper part, and of all times and states.
 * Part of the plugin's message catalogue.
 *
 * @internal
 */
export const deploymentMessages = {
  time: {
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
    loading: 'Reading deployments',
    problems: 'What is wrong with the annotations',
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
    lessImages: 'Show fewer images of {{application}}',
    links: 'Links of {{application}}',
    openArgocd: 'Open in Argo CD',
    openCommit: 'Open commit',
    open: 'Open {{title}}',
    truncated: 'Showing {{shown}} of {{total}} applications.',
  },
  live: {
    live: 'live',
    updated: 'updated',
    lastRead: 'last read',
    connecting: 'connecting to {{instance}}',
    unreachable: '{{instance}} unreachable',
    lastHeard: 'last heard',
    neverHeard: 'never heard: {{instance}} unreachable',
    unreachableSuffix: ': {{instance}} unreachable',
  },
  empty: {
    title: 'No deployments of {{name}} are known.',
    add: 'Say which Argo CD applications deploy it: add this line to its catalog-info.yaml, under metadata.annotations, with the labels that the applications bear.',
    orByName:
      'Or name the applications, with commas between them if there are several:',
    noMatch: 'No Argo CD application matches these annotations:',
    noMatchHint:
      'Compare them in catalog-info.yaml with the names and labels of the applications, and check that their Argo CD is configured. As soon as one matches, it appears here.',
    copy: 'Copy {{text}}',
  },
  error: {
    read: 'The deployments of {{name}} could not be read.',
    reread:
      'The deployments of {{name}} could not be read again; this is how they were.',
    retry: 'Try again',
    details: 'Details',
  },
} as const;
