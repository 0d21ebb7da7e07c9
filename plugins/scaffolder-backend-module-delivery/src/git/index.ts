export { contentsUrl } from './contentsUrl';
export { type FileLocation, fileLocation } from './fileLocation';
export { resolveRepository } from './resolveRepository';
