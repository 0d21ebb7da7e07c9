/**
 * How a promotion ended. `{{message}}` is Argo CD's own message, word for word.
 *
 * @internal
 */
export const promotionMessages = {
  replaced: 'Replaced by {{version}}',
  'passed-by': 'Superseded by {{version}} before it was deployed',
  'passed-by-many':
    'Superseded by {{version}} and others that were pushed after it',
  'superseded-after-failing':
    'Superseded by {{version}} after it failed: {{cause}}',
  'superseded-after-failing-unexplained':
    'Superseded by {{version}} after it failed',
  'rolled-back': 'Rolled back to {{version}}',
  'rolled-back-by': 'Rolled back to {{version}} by {{user}}',
  'not-applied':
    "Argo CD calls the application Synced, but it doesn't run this version",
  'image-removed':
    'The image was removed from the registry before it was deployed',
  'image-moved': 'The image now comes from {{repository}}',
  'image-unused': 'The application no longer uses the image',
  'application-gone': 'The application no longer exists',
  'sync-failed': '{{message}}',
  degraded: '{{message}}',
  'degraded-unexplained': 'The application is Degraded',
  other: '{{text}}',
} as const;
