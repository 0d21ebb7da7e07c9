export * from './EntityDeploymentsCard';
export * from './EntityDeploymentsContent';
