export { repositoriesOf } from './evidence';
export { toPushedImage } from './registry';
export { initialState, reduce } from './reduce';
export * from './types';
export { wantedRevisions } from './wanted';
