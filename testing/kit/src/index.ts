/**
 * Helpers that the tests of all packages share. No production code imports it.
 *
 * @packageDocumentation
 */
export * from './git';
export * from './GitServer';
export * from './tools';
export * from './vendored';
export * from './waiting';
