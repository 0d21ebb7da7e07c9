export * from './application';
export * from './image';
export * from './observation';
export * from './promotion';
