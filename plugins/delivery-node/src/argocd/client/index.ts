export { DefaultArgoCdClient } from './DefaultArgoCdClient';
export type { ArgoCdTimeouts } from './timeouts';
export * from './errors';
export { operationOutcome, type OperationOutcome } from './operationOutcome';
export { isLabel, isSubdomain } from './names';
