export * from './application';
export * from './observation';
export * from './promotion';
