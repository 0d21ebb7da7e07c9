export { EntityPerformanceContent } from './EntityPerformanceContent';
export { PerformanceView } from './PerformanceView';
export type { PerformanceScope } from './scope';
