import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryApi } from '@landfall/backstage-plugin-delivery-common';

/**
 * The API of Landfall's backend that the entity page reads.
 *
 * @public
 */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.api',
  pluginId: 'delivery',
});
