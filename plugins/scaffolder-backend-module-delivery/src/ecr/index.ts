export {
  RepositoryEnsurer,
  type EnsuredRepository,
  type RepositorySpec,
} from './RepositoryEnsurer';
