export * from './locator';
export * from './repositories';
export * from './selector';
