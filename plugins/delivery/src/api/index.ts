export { deliveryActionsApiRef } from './deliveryActionsApiRef';
export {
  deliveryActionsApiFactory,
  deliveryApiFactory,
} from './deliveryApiFactory';
export { deliveryApiRef } from './deliveryApiRef';
