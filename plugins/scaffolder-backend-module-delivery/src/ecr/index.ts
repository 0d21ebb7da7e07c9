export { withCreationTemplate } from './creationTemplate';
export { describeDifference } from './differences';
export { describeEnsured, dryRunAt, type Place, placesOf } from './places';
export { RepositoryDeleter } from './RepositoryDeleter';
export { RepositoryEnsurer } from './RepositoryEnsurer';
export { toSpec } from './toSpec';
