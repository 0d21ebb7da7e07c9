export * from './DeliveryApi';
export * from './DeliveryClient';
export * from './instanceErrors';
export * from './types';
