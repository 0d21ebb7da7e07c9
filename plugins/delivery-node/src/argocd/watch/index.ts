export type { ApplicationWatchOptions } from './options';
export { SeededApplicationWatch } from './SeededApplicationWatch';
