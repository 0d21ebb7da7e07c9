export { describeDifference, type RepositorySpec } from './differences';
export { toLifecyclePolicy } from './lifecyclePolicy';
export { RepositoryEnsurer } from './RepositoryEnsurer';
