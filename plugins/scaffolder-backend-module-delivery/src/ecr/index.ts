export { describeDifference, type RepositorySpec } from './differences';
export { lifecyclePolicyOf } from './lifecyclePolicy';
export { RepositoryEnsurer } from './RepositoryEnsurer';
