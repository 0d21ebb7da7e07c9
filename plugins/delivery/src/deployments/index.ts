export type { DeploymentsCardSettings } from './cardSettings';
export * from './EntityDeploymentsCard';
export * from './EntityDeploymentsContent';
