export * from './hookImages';
export * from './reference';
export * from './version';
