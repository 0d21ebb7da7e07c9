import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { DeliveryClient } from '@landfall/backstage-plugin-delivery-common';
import { deliveryActionsApiRef } from './deliveryActionsApiRef';
import { deliveryApiRef } from './deliveryApiRef';

/** @internal */
export const deliveryApiFactory = createApiFactory({
  api: deliveryApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new DeliveryClient({ discoveryApi, fetchApi }),
});

/** @internal */
export const deliveryActionsApiFactory = createApiFactory({
  api: deliveryActionsApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new DeliveryClient({ discoveryApi, fetchApi }),
});
