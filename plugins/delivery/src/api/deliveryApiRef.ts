import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryApi } from '@landfall/backstage-plugin-delivery-common';

/**
 * Landfall's backend, as the entity page reads it.
 *
 * @public
 */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.api',
  pluginId: 'delivery',
});
