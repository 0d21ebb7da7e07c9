/**
 * What a promotion waits for, by `StuckCode`. `{{message}}` is what Argo CD or
 * the Image Updater reports, word for word.
 *
 * @internal
 */
export const stuckMessages = {
  'updater-cycle': 'Waiting for the next cycle of Image Updater',
  'policy-passes-over': 'Image Updater passes over {{version}}: {{verdict}}',
  'updater-failing':
    'Image Updater reports for the ImageUpdater {{updater}}: {{message}}',
  'comparison-pending':
    "Waiting for Argo CD's next comparison: the last one was before the push, so a commit can't be known yet",
  'updater-queue':
    'Image Updater is working through its queue: {{committed}} of {{total}} applications have the version',
  'updater-unusable':
    "Not committed: Image Updater can't use the settings for this image: {{message}}",
  'updater-not-visible':
    'Not committed yet. No ImageUpdater is visible through Argo CD, but Image Updater committed for this application at {{at}}, so one exists',
  'updater-not-enabled':
    'Not committed: no ImageUpdater with useAnnotations selects this application, so its annotations are ignored',
  'updaters-unreadable':
    "Not committed, and the cause isn't known: the ImageUpdater resources of Argo CD '{{instance}}' couldn't be read",
  'updater-overdue':
    'Not committed, although Image Updater had enough time: {{cause}}',
  'merge-pending': 'Waiting for a merge of request {{request}}: {{url}}',
  'request-closed':
    'Not committed: request {{request}} was closed without a merge: {{url}}',
  'request-missing':
    'Proposed on branch {{branch}}, but no merge request was opened',
  'merge-not-compared':
    "Request {{request}} is merged, but Argo CD hasn't compared the new revision yet: {{url}}",
  'not-refreshed': "Argo CD hasn't compared the new revision yet",
  'comparison-failed': '{{message}}',
  'automated-sync-off': 'Automated sync is off',
  'rollback-undone':
    'Image Updater committed {{version}} again after the rollback',
  'sync-window-closed': '{{cause}}',
  'sync-windows-unreadable':
    "Not synced. Whether a sync window blocks it couldn't be read",
  'sync-pending': 'Argo CD is about to sync it',
  syncing: '{{message}}',
  'sync-failing': '{{message}}',
  'rolling-out': '{{message}}',
  suspended: '{{message}}',
  degraded: '{{message}}',
  missing: '{{message}}',
} as const;

/**
 * Parts of these messages, and substitutes for messages that Argo CD doesn't
 * give.
 *
 * @internal
 */
export const causeMessages = {
  reported: '{{message}}',
  'updater-looked':
    'the ImageUpdater {{updater}} last checked its applications at {{at}}',
  'updater-wrote':
    'it reports that it updated this application to {{version}} at {{at}}, but Argo CD shows no such commit',
  'updater-wrote-some':
    'the ImageUpdater {{updater}} reports that it updated the image to {{version}} at {{at}}, but Argo CD shows no such commit',
  'updater-silent': 'the ImageUpdater {{updater}} reports no check',
  'image-unreferenced':
    'neither annotations nor an ImageUpdater reference the image',
  'window-denies': 'A sync window denies it: {{windows}}',
  'window-awaited': 'Waiting for a sync window: {{windows}}',
  'window-denies-until': 'A sync window denies it until {{until}}: {{windows}}',
  'window-awaited-until':
    'Waiting for a sync window, which opens at {{until}}: {{windows}}',
  window: '{{duration}} from {{schedule}}',
  'window-in-zone': '{{duration}} from {{schedule}} ({{timeZone}})',
  'sync-running': 'The sync is running',
  'sync-failed': 'The sync failed',
  'no-pods': 'No pods run it now',
  'pods-replaced': 'Pods are being replaced',
  'rollout-paused': 'The rollout is paused',
  'resources-missing': 'Resources of the application are missing',
  'application-degraded': 'The application is Degraded',
  'commit-not-observed':
    'No commit with {{version}} was observed, so it may not be part of this change',
} as const;
