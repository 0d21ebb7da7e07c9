import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { DeliveryActionsService } from './DeliveryActionsService';
import type { DeliveryService } from './DeliveryService';
import { RemoteDeliveryActionsService } from './RemoteDeliveryActionsService';
import { RemoteDeliveryService } from './RemoteDeliveryService';

/**
 * The delivery plugin's data, for other backend plugins. By default it calls
 * the delivery plugin over HTTP, so both may run in different backends. Replace
 * it in tests.
 *
 * @public
 */
export const deliveryServiceRef = createServiceRef<DeliveryService>({
  id: 'landfall.delivery.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      factory: ({ auth, discovery }) =>
        RemoteDeliveryService.create({ auth, discovery }),
    }),
});

/**
 * Actions on applications and versions, for other backend plugins: with the same
 * permissions, limits and audit as from the pages. By default it calls the delivery
 * plugin over HTTP, so both may run in different backends. Replace it in tests.
 *
 * @public
 */
export const deliveryActionsServiceRef =
  createServiceRef<DeliveryActionsService>({
    id: 'landfall.delivery.actions-service',
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
        },
        factory: ({ auth, discovery }) =>
          RemoteDeliveryActionsService.create({ auth, discovery }),
      }),
  });
