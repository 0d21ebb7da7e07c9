export { resolveRepository } from './resolveRepository';
