export * from './groupPromotions';
export { versionIds } from './identity';
export { toVersionRows } from './toVersionRows';
export * from './types';
