export {
  describeDifference,
  type Difference,
  type RepositorySpec,
} from './differences';
export { lifecyclePolicyOf } from './lifecyclePolicy';
export { type EnsuredRepository, RepositoryEnsurer } from './RepositoryEnsurer';
