export * from './RelativeTime';
export * from './formatDuration';
export * from './ticker';
