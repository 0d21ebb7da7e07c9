/**
 * Texts of the fleet page. Part of the plugin's message catalogue.
 *
 * @internal
 */
export const fleetMessages = {
  title: 'Delivery',
  tabs: { services: 'Services' },
  loading: 'Loading services',
  table: 'Services and environments',
  counters: 'Filter by state',
  state: {
    stuck: 'Stuck',
    degraded: 'Degraded',
    'out-of-sync': 'Out of sync',
    updating: 'Updating',
    'update-available': 'Update available',
    held: 'Held back',
    stale: 'Stale',
  },
  filters: {
    search: 'Search services',
    owner: 'Owner',
    system: 'System',
    environment: 'Environment',
    cluster: 'Cluster',
    instance: 'Argo CD',
    all: 'All',
    sort: 'Sort by',
    clear: 'Clear filters',
  },
  sort: {
    name: 'Name',
    owner: 'Owner',
    urgency: 'Most urgent first',
    deployed: 'Last deployed first',
  },
  held: '{{version}} is held back: {{reason}}',
  column: { service: 'Service' },
  total: '{{total}} services',
  oneTotal: '1 service',
  noApplications: 'No application matches its annotations',
  noPods: 'no version yet',
  moreApplications: '{{total}} more',
  csv: {
    download: 'Download CSV',
    busy: 'Preparing CSV',
    failed: "Couldn't download all services.",
  },
  error: "Couldn't load the services.",
  errorStale: "Couldn't refresh the services. Showing the last known state.",
  empty: {
    filtered: 'No service matches these filters.',
    none: 'No service is known that you may see.',
    add: 'A service appears here once its catalog-info.yaml references Argo CD applications, for example with this line under metadata.annotations:',
    connecting:
      'Argo CD is being read for the first time. Services appear as soon as that is done.',
    noInstance:
      "No Argo CD is configured. Add one under 'argocd.appLocatorMethods' in the app's configuration.",
  },
} as const;
