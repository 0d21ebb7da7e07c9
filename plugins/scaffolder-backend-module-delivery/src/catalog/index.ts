export { annotate } from './annotate';
