/**
 * Texts of the promotion components. Part of the plugin's message catalogue.
 *
 * @internal
 */
export const promotionMessages = {
  title: 'Promotions',
  onItsWay: '{{outcome}}: {{version}} → {{environment}}',
  outcome: {
    open: 'On its way',
    live: 'Live',
    failed: 'Failed',
    superseded: 'Superseded',
    rolledBack: 'Rolled back',
    abandoned: 'Abandoned',
  },
  stages: {
    title: 'Stages',
    name: {
      pushed: 'pushed',
      committed: 'committed',
      synced: 'synced',
      healthy: 'healthy',
    },
    failed: 'failed',
    unknown: 'not known',
    skipped: 'not needed',
    skippedTitle: 'An earlier deployment was put back',
    missed: 'not reached',
    wait: {
      pushed: 'waiting for the push',
      committed: 'waiting for a commit',
      synced: 'waiting for a sync',
      syncing: 'syncing',
      healthy: 'rolling out',
    },
    observedTitle:
      '{{at}}, observed by Landfall; the source gives no time of its own',
    reported: 'reported',
    observed: 'observed by Landfall',
    tookTitle: '{{duration}} until {{name}}',
    sinceTitle: '{{duration}} since {{from}}',
  },
  cause: {
    author: 'by {{name}}',
    imageUpdater: 'by Image Updater',
    rollback: 'rollback',
    undoesRollback: 'undoes a rollback',
    syncedBy: 'synced by {{name}}',
    syncedAutomatically: 'synced automatically',
  },
  from: 'from {{version}}',
  waits: 'waits: {{reason}}',
  filters: {
    environment: 'Environment',
    outcome: 'Outcome',
    all: 'All',
  },
  list: {
    loading: 'Loading promotions',
    empty:
      'No promotions yet: push an image, and its way into each environment appears here.',
    emptyFiltered: 'No promotion matches the filters.',
    clearFilters: 'Clear filters',
    error: "Couldn't load the promotions.",
    errorStale:
      "Couldn't refresh the promotions. Showing the last known state.",
    linkedNotFound:
      'The linked promotion is not among those shown. It may be older, or no longer stored.',
  },
  item: {
    showDetails: 'Show details of {{version}} in {{environment}}',
    hideDetails: 'Hide details of {{version}} in {{environment}}',
    copyLink: 'Copy link',
    linkCopied: 'Link copied',
    linkNotCopied:
      'The browser refused to copy the link. Copy its address from the context menu instead.',
  },
  details: {
    reason: 'Reason',
    failure: 'Failed before',
    waiting: 'Waits for',
    commit: 'Commit',
    revision: 'Revision',
    containsChange: 'this revision contains the change',
    author: 'Author',
    committedAt: 'Authored',
    message: 'Message',
    sync: 'Sync',
    syncRevisions: 'Revisions',
    startedAt: 'Started',
    finishedAt: 'Finished',
    initiatedBy: 'Started by',
    automated: 'automated sync',
    syncMessage: 'Result',
    image: 'Image',
    repository: 'Repository',
    tag: 'Tag',
    digest: 'Digest',
    application: 'Application',
    registry: 'Registry',
    openImage: 'Open the image in its registry',
    openArgocd: 'Open in Argo CD',
  },
} as const;
