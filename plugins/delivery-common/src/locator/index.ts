export { LOCATOR_LIMITS } from './limits';
export * from './locator';
export * from './problem';
export * from './repositories';
export * from './selector';
export * from './topics';
