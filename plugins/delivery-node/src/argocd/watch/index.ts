export { instanceErrorCode } from './instanceErrorCode';
export type { ApplicationWatchOptions } from './options';
export { SeededApplicationWatch } from './SeededApplicationWatch';
