/**
 * Why an action isn't possible. `remedyMessages` has what to do, under the
 * same codes and with the same parameters.
 *
 * @internal
 */
export const actionMessages = {
  disabled: 'Actions are switched off in this portal',
  'permission-missing':
    'You lack the permission {{permission}} for this entity',
  'not-proven': 'Nothing proves that the application belongs to this entity',
  changed: 'The application has changed since this page was shown',
  deleting: 'Argo CD is deleting the application',
  'operation-running': 'An operation of the application is in progress',
  'no-operation': 'No operation of the application is in progress',
  'automated-sync':
    "Argo CD doesn't roll back an application that it syncs automatically",
  'history-empty': 'The application has no earlier deployment',
  'history-missing':
    "The application's history no longer has the deployment {{historyId}}",
  'no-rollout': 'The application has no Rollout',
  'in-progress': '{{user}} has just started an action on the application',
  'approval-pending': '{{user}} has asked for this already',
} as const;

/** @internal */
export const remedyMessages = {
  disabled: 'Set delivery.actions.enabled in the configuration',
  'permission-missing': 'Ask an owner of the entity, or an admin of the portal',
  'not-proven':
    'Give the application the annotation {{mark}}, or assign its AppProject to the owner in delivery.access.projects',
  changed: 'Look at its current state, then try again',
  deleting: 'Nothing can be done with it any more',
  'operation-running': 'Wait until it ends, or terminate it',
  'no-operation': 'It has ended already',
  'automated-sync': 'Revert the version in Git instead',
  'history-empty': 'It can be rolled back after its next sync',
  'history-missing': 'Choose another deployment',
  'no-rollout': 'Only Rollouts of Argo Rollouts can be promoted and aborted',
  'in-progress': 'Wait for its result',
  'approval-pending': 'It waits for approval',
} as const;
