export { LEAD_TIME_STAGES, toDeployedChange } from './deployedChange';
export { bucketCount, measurePerformance } from './measurePerformance';
export * from './period';
export * from './types';
