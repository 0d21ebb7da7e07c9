export { DefaultArgoCdClient } from './DefaultArgoCdClient';
export type { ArgoCdTimeouts } from './timeouts';
export * from './errors';
export { isLabel, isSubdomain } from './names';
