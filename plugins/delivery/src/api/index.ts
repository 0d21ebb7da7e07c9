export { deliveryApiFactory } from './deliveryApiFactory';
export { deliveryApiRef } from './deliveryApiRef';
