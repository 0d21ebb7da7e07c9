import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryActionsApi } from '@landfall/backstage-plugin-delivery-common';

/**
 * The part of the API of Landfall's backend that changes something. Without it, the
 * pages offer no actions.
 *
 * @public
 */
export const deliveryActionsApiRef = createApiRef<DeliveryActionsApi>().with({
  id: 'plugin.delivery.actions-api',
  pluginId: 'delivery',
});
