export * from './attentionKinds';
export * from './fleetState';
export * from './summarizeDeployment';
export * from './types';
