export { deliveryActionsApiRef } from './deliveryActionsApiRef';
export { deliveryApiFactory } from './deliveryApiFactory';
export { deliveryApiRef } from './deliveryApiRef';
