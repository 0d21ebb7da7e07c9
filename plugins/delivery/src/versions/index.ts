export type { EnvironmentSummary } from './EnvironmentHeader';
export { VersionsCard } from './VersionsCard';
