import { createPermission } from '@backstage/plugin-permission-common';

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
];
