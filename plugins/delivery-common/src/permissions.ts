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
 * All permissions of the delivery plugin.
 *
 * @public
 */
export const deliveryPermissions = [deliveryInstancesReadPermission];
