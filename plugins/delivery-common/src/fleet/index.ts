export * from './attentionKinds';
export * from './fleetState';
export * from './fleetUpdate';
export * from './summarizeDeployment';
export * from './types';
