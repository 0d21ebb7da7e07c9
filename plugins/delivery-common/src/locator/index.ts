export * from './locator';
export * from './selector';
