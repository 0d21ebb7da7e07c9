export * from './types';
export * from './updaterEvidence';
