/**
 * Texts of the figures of delivery performance. Part of the plugin's message
 * catalogue.
 *
 * @internal
 */
export const performanceMessages = {
  title: 'Delivery performance',
  loading: 'Loading delivery performance',
  error: "Couldn't load the delivery performance.",
  errorStale:
    "Couldn't refresh the delivery performance. Showing the last known figures.",
  noApplications: 'No applications to measure are known.',
  noDeployments: 'No deployments in this period.',
  controls: {
    period: 'Period',
    interval: 'Grouped by',
    environment: 'Environment',
    allEnvironments: 'All',
    days: 'Last {{value}} days',
    weeks: 'Last {{value}} weeks',
    dates: 'Between two dates',
    from: 'First day',
    to: 'Last day',
    problems: {
      incomplete: 'Enter both days.',
      reversed: 'The last day is before the first.',
      'too-long': 'Choose a year at most.',
    },
    day: 'Day',
    week: 'Week',
  },
  figures: {
    list: 'Figures',
    none: 'No data',
    definitionOf: 'Definition: {{title}}',
    within90: '90% within {{duration}}',
  },
  frequency: {
    title: 'Deployment frequency',
    perDay: '{{value}} per day',
    perWeek: '{{value}} per week',
    perMonth: '{{value}} per month',
    detail: '{{deployments}} deployments',
    oneDeployment: '1 deployment',
    definition:
      'How often a sync of Argo CD brought new versions into an application and the application became Healthy with them. All images of one sync count as one deployment. Rollbacks and other returns to an earlier version do not count.',
  },
  leadTime: {
    title: 'Lead time',
    definition:
      'From the push of an image to its registry until the application was Healthy with it; half of the versions took no longer. The first deployment of a version into an application counts.',
  },
  failureRate: {
    title: 'Change failure rate',
    detail: '{{failures}} of {{attempts}} deployments failed',
    definition:
      'The share of deployments whose sync failed, that became Degraded before they were Healthy, or that were rolled back, even if they recovered.',
  },
  restoreTime: {
    title: 'Time to restore',
    definition:
      'From the failure of a deployment until the application was Healthy with that version or a later one, or until the rollback was applied; half of the failures took no longer.',
  },
  trend: {
    more: '{{value}} more than in the {{days}} days before: {{judgement}}',
    less: '{{value}} less than in the {{days}} days before: {{judgement}}',
    longer: '{{value}} longer than in the {{days}} days before: {{judgement}}',
    shorter:
      '{{value}} shorter than in the {{days}} days before: {{judgement}}',
    pointsMore:
      '{{value}} percentage points more than in the {{days}} days before: {{judgement}}',
    pointsLess:
      '{{value}} percentage points less than in the {{days}} days before: {{judgement}}',
    same: 'As in the {{days}} days before',
    none: 'No figures from the {{days}} days before',
    better: 'better',
    worse: 'worse',
  },
  shares: {
    title: 'Where the lead time goes',
    caption: 'Mean of {{versions}} versions whose every stage is known',
    stage: 'Stage',
    mean: 'Mean time',
    share: 'Share',
    proposed: 'Until it was proposed',
    committed: 'Until it was committed',
    synced: 'Until it was synced',
    healthy: 'Until it was Healthy',
  },
  charts: {
    deployments: 'Deployments and failures',
    leadTime: 'Lead time',
    restoreTime: 'Time to restore',
    succeeded: 'Without failure',
    failed: 'Failed',
    median: 'Median',
    p90: '90th percentile',
    description: '{{title}}, {{from}} to {{to}}. {{summary}}.',
    highest: '{{series}}: at most {{value}}, {{at}}',
    nothing: 'No data',
    asTable: 'Table',
    asChart: 'Chart',
    showTable: 'Show {{title}} as a table',
    showChart: 'Show {{title}} as a chart',
    csv: 'CSV',
    download: 'Download {{title}} as CSV',
  },
  table: {
    day: 'Day (UTC)',
    week: 'Week (UTC)',
    deployments: 'Deployments',
    healthy: 'Healthy',
    failures: 'Failed',
    failureRate: 'Failure rate',
    versions: 'Versions',
    restored: 'Restored',
    unknown: 'not observed',
    none: '–',
  },
  notes: {
    knownSince: 'Nothing is known from before {{day}}.',
    observed:
      'Where no source reports a time, the time at which Landfall noticed the event is used. Versions with such times: {{versions}}.',
    leftOut: 'Left out: {{reasons}}.',
    reason: '{{reason}} ({{total}})',
    utc: 'Days are those of UTC.',
  },
  leftOut: {
    'before-watch': 'deployed before Landfall watched the application',
    repeated: 'rollbacks and other returns to an earlier version',
    'under-way': 'still under way',
    unconfirmed: 'replaced before they were observed as Healthy',
    'no-push-time': 'without a time of the push, in the lead time',
    'no-stage-times': 'without the time of a stage, in the shares',
    'no-failure-time':
      'rolled back without having failed, in the time to restore',
    'not-restored': 'not restored yet, in the time to restore',
  },
} as const;
