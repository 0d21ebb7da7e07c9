export { annotate } from './annotate';
export { assertDescribed } from './assertDescribed';
