export * from './reference';
export * from './version';
