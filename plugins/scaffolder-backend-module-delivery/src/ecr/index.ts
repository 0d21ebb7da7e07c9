export { withCreationTemplate } from './creationTemplate';
export { describeDifference } from './differences';
export { RepositoryDeleter } from './RepositoryDeleter';
export { RepositoryEnsurer } from './RepositoryEnsurer';
export { toSpec } from './toSpec';
