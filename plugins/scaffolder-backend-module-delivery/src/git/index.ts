export { contentsUrl } from './contentsUrl';
export { resolveRepository } from './resolveRepository';
