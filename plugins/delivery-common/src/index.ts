/**
 * Domain types and pure rules of Landfall, and the types and client of its API.
 *
 * @packageDocumentation
 */
export * from './access';
export * from './actions';
export * from './api';
export * from './environments';
export * from './fleet';
export * from './gitops';
export * from './health';
export * from './image-updater';
export * from './images';
export * from './locator';
export * from './messages';
export * from './model';
export * from './performance';
export * from './permissions';
export * from './promotion';
export * from './stuck';
export * from './versions';
