export { repositoriesOf } from './applicationVersions';
export { toPushedImage } from './knownImages';
export { initialState, reduce } from './reduce';
export * from './types';
export { wantedRevisions } from './derive/revisionRequests';
