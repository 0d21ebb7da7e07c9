export * from './actionFacts';
export * from './availability';
export * from './DeliveryActionsApi';
export * from './idempotency';
export * from './progress';
export * from './settleAction';
export * from './types';
export * from './versionChanges';
