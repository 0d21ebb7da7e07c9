export * from './DeliveryActionsApi';
export * from './types';
