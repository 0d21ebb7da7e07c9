export { repositoriesOf } from './applicationVersions';
export { unresolvedRevisions } from './derive/unresolvedRevisions';
export { toPushedImage } from './knownImages';
export { mayHaveFailingPods } from './observe/podFailures';
export { initialState, reduce } from './reduce';
export * from './types';
