export * from './DeliveryApi';
export * from './DeliveryClient';
export * from './images';
export * from './instanceErrors';
export * from './types';
