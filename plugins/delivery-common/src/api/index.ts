export * from './DeliveryApi';
export * from './DeliveryClient';
export * from './describe';
export * from './images';
export * from './instanceErrors';
export * from './types';
