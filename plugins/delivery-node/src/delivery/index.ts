export type {
  DeliveryActionServiceOptions,
  DeliveryActionsService,
} from './DeliveryActionsService';
export type {
  DeliveryService,
  DeliveryServiceOptions,
} from './DeliveryService';
export { deliveryActionsServiceRef, deliveryServiceRef } from './service';
