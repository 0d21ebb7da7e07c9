export * from './DeliveryApi';
export * from './DeliveryClient';
export * from './describe';
export * from './instanceErrors';
export * from './problems';
export * from './signal';
export * from './types';
