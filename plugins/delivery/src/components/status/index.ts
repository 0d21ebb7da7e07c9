export * from './HealthStatusLabel';
export * from './StatusLabel';
export * from './SyncStatusLabel';
