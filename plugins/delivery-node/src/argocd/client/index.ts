export { DefaultArgoCdClient } from './DefaultArgoCdClient';
export type { ArgoCdTimeouts } from './ArgoCdHttp';
export * from './errors';
export { isLabel, isSubdomain } from './names';
