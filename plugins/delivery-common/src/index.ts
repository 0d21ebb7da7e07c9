/**
 * Domain types and pure rules of Landfall, and the types and client of its API.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './model';
