/**
 * Helpers shared by the tests of all packages. No production code imports them.
 *
 * @packageDocumentation
 */
export * from './git';
export * from './GitServer';
export * from './tools';
export * from './updaterCases';
export * from './vendored';
export * from './waiting';
