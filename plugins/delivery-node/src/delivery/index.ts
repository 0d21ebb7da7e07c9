export type {
  DeliveryService,
  DeliveryServiceOptions,
} from './DeliveryService';
export { deliveryServiceRef } from './service';
