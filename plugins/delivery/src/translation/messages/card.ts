/**
 * Texts of the Deployments card beyond its columns, and of parts that fail, and of filters. Part of the plugin's message catalogue.
 *
 * @internal
 */
export const cardMessages = {
  card: {
    progress: {
      updated: '{{pods}} of {{of}} pods updated',
      updatedOnly: 'pods updated: {{pods}}',
      available: '{{pods}} of {{of}} pods ready',
      unready: 'pods not ready: {{pods}}',
      ending: 'old pods ending: {{pods}}',
      workload: '{{workload}}: {{progress}}',
    },
    drift: {
      resources: 'Differs from Git: {{resources}}',
      more: '{{total}} more',
      showAll: 'Show all resources of {{application}} that differ from Git',
      showFewer: 'Show fewer resources of {{application}}',
      unlisted: 'and {{total}} more',
    },
    pods: {
      one: 'Pod {{pod}} fails: {{reason}}',
      several: '{{pods}} pods fail, such as {{pod}}: {{reason}}',
      unknown: 'no reason is reported',
    },
    source: {
      chart: 'Helm chart {{name}} {{version}}',
      chartOnly: 'Helm chart {{name}}',
      several: '{{total}} sources',
    },
    image: {
      open: 'Open the image {{version}} in its registry',
      first: 'No version runs yet. The first one appears here after its push:',
      firstOnly:
        'No version runs yet. The first one appears here after it is pushed and synced.',
    },
    environments: {
      more: 'Show {{total}} more environments',
      oneMore: 'Show 1 more environment',
      fewer: 'Show fewer environments',
      none: 'This card shows only some environments and repositories ({{settings}}), and {{name}} has none of them. The tab Deployments shows all.',
    },
    first: {
      reading:
        'Argo CD {{instances}} is being read for the first time. As soon as that is done, its applications appear here.',
      unconfigured: 'No Argo CD is configured.',
      configure:
        'Somebody who administers this portal has to add it to app-config.yaml:',
      suggested:
        'These Argo CD applications have a similar name and provably belong to it: {{applications}}. To show them, add this line to its catalog-info.yaml, under metadata.annotations:',
      orSuggested: 'Or by name: {{applications}}',
    },
    refused: {
      forbidden: 'You may not see the deployments of {{name}}.',
      forbiddenHint:
        'Ask its owner, or somebody who administers this portal, for access.',
      missing:
        '{{name}} is not in the catalog any more, or you may not see it there.',
      signedOut: 'Your session has ended.',
      signedOutHint: 'Reload the page to sign in again.',
    },
    part: {
      failed: "This part of the page can't be shown.",
    },
  },
  filters: {
    title: 'Filters',
    titleSet: 'Filters ({{total}})',
  },
} as const;
