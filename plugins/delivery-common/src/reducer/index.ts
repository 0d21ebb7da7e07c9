export { repositoriesOf } from './evidence';
export { initialState, reduce } from './reduce';
export * from './types';
export { wantedRevisions } from './wanted';
