import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { ActionCode } from './actions';

/**
 * Lets a caller see how the backend reaches its systems: internal addresses,
 * role ARNs, and error texts that contain names of other applications.
 *
 * @public
 */
export const deliveryInstancesReadPermission = createPermission({
  name: 'delivery.instances.read',
  attributes: { action: 'read' },
});

/** `RESOURCE_TYPE_CATALOG_ENTITY` of `@backstage/plugin-catalog-common`. */
const CATALOG_ENTITY = 'catalog-entity';

/**
 * Lets a caller have Argo CD read Git again and compare, for the applications of
 * an entity.
 *
 * @public
 */
export const deliveryApplicationRefreshPermission = actionPermission(
  'delivery.application.refresh',
);

/**
 * Lets a caller sync the applications of an entity: the whole of them or some
 * resources, with prune, force and replace.
 *
 * @public
 */
export const deliveryApplicationSyncPermission = actionPermission(
  'delivery.application.sync',
);

/**
 * Lets a caller stop the running operation of an entity's application.
 *
 * @public
 */
export const deliveryApplicationTerminatePermission = actionPermission(
  'delivery.application.terminate',
);

/**
 * Lets a caller redeploy an entry of the history of an entity's application.
 *
 * @public
 */
export const deliveryApplicationRollbackPermission = actionPermission(
  'delivery.application.rollback',
);

/**
 * Lets a caller promote, abort, retry and restart Rollouts of an entity's
 * applications.
 *
 * @public
 */
export const deliveryApplicationRolloutPermission = actionPermission(
  'delivery.application.rollout',
);

/**
 * Lets a caller write another version of an entity's image to the configuration
 * repository.
 *
 * @public
 */
export const deliveryVersionPromotePermission = actionPermission(
  'delivery.version.promote',
);

/**
 * Lets a caller write an earlier version of an entity's image to the configuration
 * repository, and hold updates there.
 *
 * @public
 */
export const deliveryVersionRevertPermission = actionPermission(
  'delivery.version.revert',
);

/**
 * Lets a caller end the hold of an entity's updates.
 *
 * @public
 */
export const deliveryUpdatesResumePermission = actionPermission(
  'delivery.updates.resume',
);

/**
 * The permission that each action needs, for the entity that has the application.
 *
 * @public
 */
export const ACTION_PERMISSIONS: Readonly<
  Record<ActionCode, ResourcePermission<'catalog-entity'>>
> = {
  refresh: deliveryApplicationRefreshPermission,
  'hard-refresh': deliveryApplicationRefreshPermission,
  sync: deliveryApplicationSyncPermission,
  terminate: deliveryApplicationTerminatePermission,
  rollback: deliveryApplicationRollbackPermission,
  'rollout-promote': deliveryApplicationRolloutPermission,
  'rollout-promote-full': deliveryApplicationRolloutPermission,
  'rollout-abort': deliveryApplicationRolloutPermission,
  'rollout-retry': deliveryApplicationRolloutPermission,
  'rollout-restart': deliveryApplicationRolloutPermission,
  promote: deliveryVersionPromotePermission,
  revert: deliveryVersionRevertPermission,
  'resume-updates': deliveryUpdatesResumePermission,
};

/**
 * Lets a caller use the actions that only read, such as `delivery:who-runs-what`,
 * from an MCP client or a script. They answer with what the caller may see in the
 * portal, too.
 *
 * @public
 */
export const deliveryToolsReadPermission = createPermission({
  name: 'delivery.tools.read',
  attributes: { action: 'read' },
});

/**
 * Lets a caller use the actions that change something, such as `delivery:sync`,
 * from an MCP client or a script. What they do needs its own permission for the
 * entity, too.
 *
 * @public
 */
export const deliveryToolsChangePermission = createPermission({
  name: 'delivery.tools.change',
  attributes: { action: 'update' },
});

/**
 * All permissions of the delivery plugin.
 *
 * @public
 */
export const deliveryPermissions = [
  deliveryInstancesReadPermission,
  deliveryToolsReadPermission,
  deliveryToolsChangePermission,
  deliveryApplicationRefreshPermission,
  deliveryApplicationSyncPermission,
  deliveryApplicationTerminatePermission,
  deliveryApplicationRollbackPermission,
  deliveryApplicationRolloutPermission,
  deliveryVersionPromotePermission,
  deliveryVersionRevertPermission,
  deliveryUpdatesResumePermission,
];

function actionPermission(name: string): ResourcePermission<'catalog-entity'> {
  return createPermission({
    name,
    attributes: { action: 'update' },
    resourceType: CATALOG_ENTITY,
  });
}
